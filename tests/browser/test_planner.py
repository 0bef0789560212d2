"""An editor keeps what the end of a programme would do, plans introductions, takes one on."""

import re

from playwright.sync_api import expect

LAST_DAY = "on=2018-07-31&window=all"
LOST = "36 hubungan aktif hilang"
WORKED_OUT = 60_000
"""Milliseconds: plans are worked out behind the page, after the jobs that were asked for before."""


def test_simulate_keep_plan_take_on(visit, size):
    editor = visit("editor")
    page = editor.page

    # PerpuSeru ends, as if it had never been: drawn dashed, with all who are cut off.
    editor.open(f"/simulate?{LAST_DAY}")
    page.locator("select[name=programme]").select_option(label="PerpuSeru", force=True)
    page.locator("#ever").check()
    page.locator(".exit-form button[type=submit]").click()
    expect(page.locator("#exit .lead")).to_contain_text(LOST, timeout=WORKED_OUT)
    page.locator("#map[data-drawn]").wait_for(timeout=WORKED_OUT)
    editor.check()

    # Kept under a title it opens again, with the same answer.
    page.locator("a[href*='/simulate/scenarios/new']").click()
    page.locator("#title").fill(f"Tanpa PerpuSeru {size}")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/simulate/scenarios/\d+$"))
    expect(page.locator("#exit .lead")).to_contain_text(LOST, timeout=WORKED_OUT)

    # The plan is worked out behind the page, which shows it by itself.
    editor.open(f"/introductions?{LAST_DAY}&region=62.01&k=2")
    lines = page.locator(".plan-line")
    expect(lines).to_have_count(2, timeout=WORKED_OUT)
    editor.check()

    # Not these two: another pair takes their place, and the wish can be taken back.
    first = lines.first.locator("h2").inner_text()
    lines.first.locator(".menu > summary").click()
    lines.first.locator("a[href*='never=']").click()
    expect(page.locator(".plan-wishes .chip")).to_have_count(1)
    expect(lines.first.locator("h2")).not_to_have_text(first, timeout=WORKED_OUT)

    # One line becomes a follow-up with somebody who does it by a day.
    task = lines.first.locator(".next-step").inner_text().split(".")[0]
    lines.first.locator("a[href*='/actions/new']").click()
    expect(page.locator("#title")).to_have_value(task)
    page.locator("#due_on").fill("2026-12-24")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/(actions|stakeholders)"))
    expect(page.get_by_text(task).first).to_be_visible()
