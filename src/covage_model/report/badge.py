"""A badge with a percentage as SVG, without scripts, links and embedded fonts."""

from __future__ import annotations

from covage_model.quality.coverage.measure import Share

_LABEL = {"en": "spec coverage", "fr": "couverture de la spec"}
_NOTHING = {"en": "nothing to cover", "fr": "rien à couvrir"}
_WIDE = 6.7  # approximate width in pixels of a character at font size 11
_COLORS = ((90, "#1a6b3c"), (70, "#6b5400"), (0, "#a03312"))  # white on each is readable
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{label}: {said}">
<title>{label}: {said}</title>
<rect width="{width}" height="20" rx="3" fill="#444444"/>
<path d="M{split} 0h{rest}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{split}z" fill="{color}"/>
<g fill="#ffffff" font-family="Verdana,Helvetica,Arial,sans-serif" font-size="11" text-anchor="middle">
<text x="{left}" y="14">{label}</text>
<text x="{right}" y="14">{said}</text>
</g>
</svg>
"""


def badge(share: Share, language: str) -> str:
    """The share in percent as SVG; the colour depends on it."""
    label, said = _LABEL[language], _NOTHING[language] if share.percent is None else f"{share.percent:.1f} %"
    split, beside = (round(len(text) * _WIDE) + 12 for text in (label, said))
    color = next(color for least, color in _COLORS if (share.percent or 0) >= least)
    return _SVG.format(
        width=split + beside,
        split=split,
        rest=beside - 3,
        color=color,
        label=label,
        said=said,
        left=split / 2,
        right=split + beside / 2,
    )
