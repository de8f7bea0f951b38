"""The page about a simulation: its figures are those of the JSON, it needs nothing from elsewhere, and a browser shows it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import effort
import pytest
from mixed import english

from covage_model import load_pack, simulate_pack, simulation_page
from covage_model.behaviour.population.simulation import Simulation
from covage_model.report import printing
from covage_model.report.subjects import simulation as subject

ORDERS = ("terminate-copper", "activate-copper/create")
VOID = {"meta", "br", "img", "link", "input"}


class Page(HTMLParser):
    """The elements of a page, and whether each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def found() -> Simulation:
    """Few hands and long queues, compared with another profile: every section has something to say."""
    return simulate_pack(
        load_pack(),
        *ORDERS,
        count=400,
        settings={"actors.covage.hands": "3"},
        against=["premium"],
        between=["submit..running"],
        require=["share(completed) >= 0.9"],
        stays=True,
    )


@pytest.fixture(scope="module")
def text(found: Simulation) -> str:
    return simulation_page(load_pack(), found)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def figures(found: Simulation) -> dict[str, dict[str, float | None]]:
    """The figures of the JSON report, by what they are."""
    parts: list[str] = []
    report = subject.report(found, load_pack().spec, (), "en", show_inputs=False)
    printing.deliver(report, [("json", parts.append)], 140)
    told = {}
    for row in json.loads("".join(parts))["figures"]:
        for kind in ("sampled", "exact", "difference"):
            if row[kind] is not None:
                name = "|".join((row["section"], row["variant"] or "", row["name"] or "", row["figure"], kind))
                told[name] = row[kind]
    return told


def test_every_figure_is_that_of_the_json(found: Simulation, page: Page) -> None:
    told = figures(found)
    shown = {each["data-of"]: each for each in page.all("data")}
    for name, data in shown.items():
        for attribute, member in (("value", "value"), ("data-low", "low"), ("data-high", "high")):
            assert (float(data[attribute]) if attribute in data else None) == told[name][member], (name, attribute)
    left_out = {name for name in told if name not in shown}
    assert {(name.split("|")[3], name.split("|")[4]) for name in left_out} <= {
        ("p90", "difference"),
        ("p99", "difference"),
    }
    assert len(shown) > 150


def test_exact_figures_are_beside_the_sampled_ones() -> None:
    found = simulate_pack(load_pack(), "terminate-copper", count=300, without=["hands", "calendars"], exact=True)
    told = figures(found)
    shown = {each["data-of"]: each for each in Page(simulation_page(load_pack(), found)).all("data")}
    exact = [name for name in shown if name.endswith("|exact")]
    assert len(exact) > 30
    for name in exact:
        data = told[name]
        assert (float(shown[name]["value"]), float(shown[name]["data-high"])) == (data["low"], data["high"])


def test_it_needs_nothing_from_elsewhere(page: Page, text: str) -> None:
    assert page.open == []
    names = {name for name, _ in page.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "video", "audio", "use"}
    for _, attributes in page.elements:
        assert all(attributes.get(name, "#").startswith("#") for name in ("src", "href", "xlink:href", "data"))
        assert not [name for name in attributes if name.startswith("on")]
    assert not re.search(r"url\(|@import|javascript:|https?://", text)
    (policy,) = (each["content"] for each in page.all("meta") if "content" in each and "http-equiv" in each)
    assert "default-src 'none'" in policy


def test_it_is_read_aloud_and_by_keyboard(page: Page) -> None:
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == 1
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for name in attributes.get("aria-labelledby", "").split():
            assert name in ids
    assert [each["href"][1:] for each in page.all("a")[1:]] == [each["aria-labelledby"] for each in page.all("section")]
    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert all(each.get("scope") in ("col", "row") for each in page.all("th"))
    for picture in page.all("svg"):
        assert picture["role"] == "img"
    # what scrolls is reached by the keyboard, and has a name
    for each in page.all("div"):
        if each.get("class") in ("wide", "picture"):
            assert (each["tabindex"], each["role"]) == ("0", "region")
            assert each["aria-label"]


def test_every_section_has_something_to_say(page: Page, text: str) -> None:
    said = [each["id"] for each in page.all("h2")]
    assert said == ["requirements", "ends", "lead", "between", "what-if", "progress", "time", "moves", "hands", "pictures",
                    "inputs", "how"]  # fmt: skip
    assert len(page.all("details")) == 2 + 2 * 6  # stays, days, and each lifecycle with four paints and two differences
    assert "prefers-color-scheme: dark" in text
    assert "size: A4" in text


def test_the_french_page_is_french(found: Simulation) -> None:
    french = Page(simulation_page(load_pack(), found, language="fr"))
    assert french.all("html") == [{"lang": "fr"}]
    quoted = re.compile(r"[a-z_]+\.\.[a-z_]+|share\(.*|\w+(?:\.\w+)+|sha256:\w+|median|uniform [^,]*|sd \d|weight")
    for said in french.texts:
        assert not english(quoted.sub("", said)), said
    assert any("82" in said or " j" in said for said in french.texts)


def test_equal_simulations_give_equal_pages() -> None:
    pages = {
        simulation_page(load_pack(), simulate_pack(load_pack(), "terminate-copper", count=200, jobs=jobs, stays=True))
        for jobs in (1, 2)
    }
    assert len(pages) == 1


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("there is no Chromium here")
    return found


OWN_HOSTS = re.compile(r"https?://[\w.-]+\.(?:google|googleapis|gvt1|gstatic)\.com[:/]")  # what a browser itself asks


def _opened(content: str, folder: Path) -> tuple[str, set[str]]:
    """A page as Chromium shows it, without any network, and what was asked of whom."""
    folder.mkdir()
    file, log = folder / "page.html", folder / "net.json"
    file.write_text(content, encoding="utf-8")
    switches = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    switches += ["--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}"]
    command = [_chromium(), *switches, f"--log-net-log={log}", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    asked = re.findall(r'"url":"(https?:[^"]+)"', log.read_text(encoding="utf-8"))
    return done.stdout, {url for url in asked if not OWN_HOSTS.match(url)}


def test_a_browser_shows_it_and_asks_nobody(text: str, tmp_path: Path) -> None:
    dom, asked = _opened(text, tmp_path / "ours")
    shown, written = Page(dom), Page(text)
    told = {each["data-of"]: each["value"] for each in written.all("data")}
    assert {each["data-of"]: each["value"] for each in shown.all("data")} == told
    assert len(shown.all("svg")) == len(written.all("svg"))
    assert not asked
    if not effort.LONG:
        return
    _, asked = _opened('<img src="http://stranger.invalid/x.png">', tmp_path / "theirs")
    assert asked == {"http://stranger.invalid/x.png"}, "what a page asks is not seen"


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    evil = '</title><script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="alert(3)'
    title = json.dumps(evil)
    (tmp_path / "pack.yaml").write_text(f"pack: p\nformat: 1\nactors: {{us: {title}}}\n", encoding="utf-8")
    (tmp_path / "life.yaml").write_text(
        f"lifecycle: life\ntitle: {title}\nstanding: assumed\nstates: {{new: {{initial: true, title: {title}}}, "
        f"shut: {{final: success, title: {title}}}}}\n"
        f"transitions: {{go: {{by: us, from: new, to: shut, title: {title}}}}}\n",
        encoding="utf-8",
    )
    (tmp_path / "usual.yaml").write_text(
        f"profile: usual\nstanding: assumed\ntitle: {title}\narrivals: {{rate: 9/d}}\nactors: {{us: {{hands: 1}}}}\n"
        "transitions: {go: {works: {fixed: 1 h}}}\n",
        encoding="utf-8",
    )
    pack = load_pack(str(tmp_path))
    found = simulate_pack(pack, count=60, stays=True, against=["usual"])
    page = Page(simulation_page(pack, found))
    assert not [name for name, _ in page.elements if name in ("script", "img")]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert any(html.unescape(evil) in said for said in page.texts)
