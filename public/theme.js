// Sets the theme before the first paint. A classic script of its own, because the security policy of the
// page allows no inline one. The choice is kept under this key as 'light' or 'dark'; without one, and in
// high contrast, the system decides.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('loadbearing/theme');
  } catch {
    // Storage may be denied; the system's theme is then used.
  }
  if ((choice !== 'light' && choice !== 'dark') || matchMedia('(forced-colors: active)').matches) {
    choice = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.dataset.theme = choice;
})();
