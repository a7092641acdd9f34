from accounts.enums import RoleName
from tests.browser.pages import SIGNED_IN_PAGES
def test_shot(page, sign_in):
    (case,) = [c for c in SIGNED_IN_PAGES if c.name == "services:case_entry_rule"][:1]
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    case.open(page)
    for w in (1280, 768):
        page.set_viewport_size({"width": w, "height": 900})
        page.screenshot(path=f"/tmp/h10/entry-{w}.png", full_page=True)
