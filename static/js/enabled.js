// Runs before the page is painted: GOV.UK Frontend's components, and their styles, look for these two names.
document.body.classList.add('js-enabled', 'govuk-frontend-supported');
