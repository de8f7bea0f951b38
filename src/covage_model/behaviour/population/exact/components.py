"""Strongly connected components: the parts of a table whose places reach one another."""

from __future__ import annotations

from collections.abc import Sequence


def components(after: Sequence[Sequence[int]]) -> list[list[int]]:
    """
    The components of a graph, by the successors of each node; each comes after all those that it can reach.

    Tarjan's algorithm, without recursion.

    >>> components([[1], [0, 2], []])
    [[2], [1, 0]]
    """
    count = len(after)
    index, low, on_stack = [-1] * count, [0] * count, bytearray(count)
    stack: list[int] = []
    found: list[list[int]] = []
    number = 0
    for root in range(count):
        if index[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            node, done = work.pop()
            if not done:
                index[node] = low[node] = number
                number += 1
                stack.append(node)
                on_stack[node] = 1
            for place in range(done, len(after[node])):
                following = after[node][place]
                if index[following] < 0:
                    work.extend([(node, place + 1), (following, 0)])
                    break
                if on_stack[following]:
                    low[node] = min(low[node], index[following])
            else:
                if low[node] == index[node]:
                    start = _place(stack, node)
                    found.append(stack[start:][::-1])
                    for each in stack[start:]:
                        on_stack[each] = 0
                    del stack[start:]
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
    return found


def _place(stack: list[int], node: int) -> int:
    """The place of a node in a stack, looked for from its end."""
    place = len(stack) - 1
    while stack[place] != node:
        place -= 1
    return place
