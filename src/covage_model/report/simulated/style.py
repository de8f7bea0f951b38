"""How the page of a simulation looks: light and dark, on a screen and on A4."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --tint: #f3f6f9;
  --a: #1f6fb2; --b: #a1479b; --good: #0f7b5f; --bad: #b4530a; --end: #6b7280; --on: #fff; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #e6eaef; --soft: #a3adba; --line: #3a434d;
  --tint: #1d232a; --a: #6fb1ea; --b: #e09bdc; --good: #4cc29c; --bad: #f0a35e; --end: #a3adba; --on: #14181d;
  --warn: #e3b341; } }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; } h2 { font-size: 1.25rem; margin: 2.4rem 0 .6rem;
  padding-top: .6rem; border-top: 1px solid var(--line); } h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
p { max-width: 46rem; } .soft, figcaption, .i, nav { color: var(--soft); }
a { color: var(--a); } a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--a);
  outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; padding: 0; margin: 1rem 0; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .3rem; background: var(--paper); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .7rem; margin: 1rem 0; }
.cards div { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; background: var(--tint); }
.cards dt { color: var(--soft); font-size: .85rem; } .cards dd { margin: 0; font-size: 1.35rem; font-weight: 600; }
.cards .i { display: block; font-size: .8rem; font-weight: 400; }
.note { border-left: .3rem solid var(--warn); background: var(--tint); padding: .5rem .9rem; }
.wide { overflow-x: auto; margin: .6rem 0 1.2rem; }
table { border-collapse: collapse; font-size: .88rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { padding: .28rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--soft); } tbody th { font-weight: 500; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.n .i { display: block; font-size: .78rem; } .name { color: var(--soft); font-size: .78rem; display: block; }
.met { color: var(--good); font-weight: 600; } .missed { color: var(--bad); font-weight: 600; }
.not-decided { color: var(--warn); font-weight: 600; }
figure { margin: .6rem 0 1.2rem; } figcaption { font-size: .88rem; max-width: 46rem; }
.chart { width: 100%; height: auto; max-width: 60rem; display: block; }
.chart text { fill: var(--ink); font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
.chart .s { fill: var(--soft); } .chart .on { fill: var(--on); font-weight: 600; } .chart .axis { stroke: var(--line); }
.chart .a { fill: var(--a); } .chart .b { fill: none; stroke: var(--b); stroke-width: 2; stroke-dasharray: 6 3; }
.chart .area { fill: var(--a); fill-opacity: .22; } .chart .la { fill: none; stroke: var(--a); stroke-width: 2; }
.chart .mark { stroke: var(--ink); stroke-dasharray: 3 3; } .chart .success { fill: var(--good); }
.chart .over { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
.chart .failure { fill: var(--bad); } .chart .end { fill: var(--end); } .chart .open { fill: var(--line); }
.chart .part { stroke: var(--paper); stroke-width: 2; } .chart .wait { fill: var(--warn); }
.chart .dot { fill: var(--b); } .chart .span { stroke: var(--b); stroke-width: 3; }
@media screen and (max-width: 40rem) { figure { overflow-x: auto; } .chart { min-width: 38rem; } }
details { margin: .5rem 0; } summary { cursor: pointer; }
.picture { border: 1px solid var(--line); border-radius: .5rem;
  overflow: auto; background: #fff; padding: .5rem; } .picture svg { max-width: 100%; height: auto; display: block;
  margin: 0 auto; }
@media screen and (prefers-color-scheme: dark) { .picture { background: #16191d; } }
@media print { @page { size: A4; margin: 14mm; } :root { color-scheme: light; } body { font-size: 10pt; padding: 0;
  max-width: none; } nav, .skip { display: none; } h2, h3, caption, summary { break-after: avoid; }
  figure, tr, .cards div, .note { break-inside: avoid; } table { font-size: 8pt; } th, td { padding: .15rem .35rem; }
  .n .i, .name { font-size: 6.5pt; } details:not([open]) { display: none; }
  .wide, .picture { overflow: visible; } .picture { border: 0; break-inside: avoid; padding: 0; }
  .picture svg { max-height: 220mm; width: auto; max-width: 100%; } h2 + p { break-after: avoid; } }
"""
