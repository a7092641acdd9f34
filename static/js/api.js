// The API's documentation page draws its introduction outside every landmark, and its groups as headings two levels
// under the title. This puts both right, for people who cannot see the page, as each part is drawn.
const page = document.getElementById('swagger-ui');

function name() {
  page.querySelectorAll('.information-container:not([role])').forEach((part) => {
    part.setAttribute('role', 'region');
    part.setAttribute('aria-label', 'About this API');
  });
  page.querySelectorAll('h3.opblock-tag:not([aria-level]), .models > h4:not([aria-level])').forEach((heading) => {
    heading.setAttribute('role', 'heading');
    heading.setAttribute('aria-level', '2');
  });
}

new MutationObserver(name).observe(page, { childList: true, subtree: true });
