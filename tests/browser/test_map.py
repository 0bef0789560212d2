"""The map at work: it fills its frame, and no name stands over another one."""

from playwright.sync_api import expect

SMALL = "/network?region=16"
PLACED = """
async ({ wide, high, letters, top }) => {
  const answer = await fetch(document.getElementById("map").dataset.url);
  const shown = await answer.json();
  const frame = { wide, high, edge: 10, top };
  const placed = window.mapPlaces(shown, frame, letters);
  const again = window.mapPlaces(shown, frame, letters);
  const boxes = placed.map((node) => {
    const name = window.mapWords.wrapped(node.short || node.label, letters);
    const { x, y, size } = node;
    return {
      shape: [x - size, y - size, x + size, y + size],
      name: [x - name.w / 2, y + size, x + name.w / 2, y + size + name.h],
      lines: name.lines, label: node.short || node.label,
    };
  });
  return { boxes, same: JSON.stringify(placed) === JSON.stringify(again) };
}
"""


def drawn(page):
    page.locator("#map[data-drawn]").wait_for()


def overlap(one, other):
    return all(
        one[axis] < other[axis + 2] - 0.5 and other[axis] < one[axis + 2] - 0.5 for axis in (0, 1)
    )


def placed(page, wide, high, letters=12, top=56):
    found = page.evaluate(PLACED, {"wide": wide, "high": high, "letters": letters, "top": top})
    assert found["same"], "the same frame gives the same places"
    return found["boxes"]


def test_a_few_organisations_fill_the_frame_and_all_have_their_whole_names(visit):
    page = visit("viewer").open(SMALL)
    drawn(page)

    frames = [(1600, 1000, 21, 24), (650, 780, 12, 56), (360, 630, 11, 56)]
    for wide, high, letters, top in frames:
        boxes = placed(page, wide, high, letters, top)
        assert 10 <= len(boxes) <= 40
        parts = [(at, box[kind]) for at, box in enumerate(boxes) for kind in ("shape", "name")]
        for at, (owner, part) in enumerate(parts):
            inside = (part[0] >= -wide / 2, part[1] >= -high / 2)
            inside += (part[2] <= wide / 2, part[3] <= high / 2)
            assert all(inside), (wide, part)
            for other_owner, other in parts[at + 1 :]:
                assert owner == other_owner or not overlap(part, other), (wide, owner, other_owner)
        for box in boxes:
            assert " ".join(box["lines"]) == box["label"], "nothing is cut"
            assert len(box["lines"]) <= 3
        across = max(box["shape"][2] for box in boxes) - min(box["shape"][0] for box in boxes)
        down = max(box["name"][3] for box in boxes) - min(box["shape"][1] for box in boxes)
        assert across > 0.6 * wide
        assert down > 0.7 * (high - top)

    # And what is drawn is what was placed: every organisation is named.
    expect(page.locator("#map canvas")).to_have_attribute("data-named", str(len(boxes)))


def test_search_knows_abbreviations_and_says_when_nobody_is_meant(visit):
    page = visit("viewer").open("/network")
    drawn(page)

    page.locator("#map-q").fill("dispersip sumsel")
    page.locator("#map-q").press("Enter")

    panel = page.locator("#map-panel")
    expect(panel).to_contain_text("Dinas Perpustakaan Provinsi Sumatera Selatan")
    page.locator("#map-q").fill("zzz")
    page.locator("#map-q").press("Enter")
    expect(page.locator("#map-status")).to_contain_text("Tidak ada organisasi dengan nama ini")


def test_filters_that_fit_nobody_leave_no_dead_buttons(visit):
    visitor = visit("viewer")
    page = visitor.open("/network?strength=999")

    expect(page.locator("#map-status")).to_contain_text("Tidak ada organisasi yang cocok")
    for name in ("#map-png", "#map-in", "#map-q", "#map-legend"):
        expect(page.locator(name)).to_be_hidden()
    visitor.check()


def test_results_that_arrive_take_nothing_out_of_the_hand(visit):
    page = visit("viewer").open("/gaps")
    ready = """() => {
      const part = document.createElement("div");
      part.innerHTML = "<p data-reload>Hasil baru</p>";
      document.querySelector("main").append(part);
      document.documentElement.dataset.same = "yes";
      document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: part } }));
    }"""
    expect(page.locator("#analysis-state")).to_have_count(0, timeout=60_000)

    page.locator("main input[type=search]").first.fill("Lahat")
    page.evaluate(ready)
    page.wait_for_timeout(500)
    expect(page.locator("html[data-same]")).to_have_count(1)

    page.goto(page.url)
    menu = page.locator("details:has(> .menu-panel)").first
    menu.locator("summary").click()
    page.evaluate(ready)
    page.wait_for_timeout(500)
    expect(menu.locator(".menu-panel")).to_be_visible()

    page.goto(page.url)
    page.evaluate(ready)
    expect(page.locator("html[data-same]")).to_have_count(0)
