'use strict';
for (const figure of document.querySelectorAll('[data-detail]')) {
  const output = figure.querySelector('output');
  output.textContent = figure.dataset.detail;
  const show = event => {
    const marked = event.target.closest('[data-cell], [data-attempt], [data-column]');
    const title = marked?.querySelector('title');
    if (!title) return;
    output.textContent = title.textContent;
    figure.querySelector('.shown')?.classList.remove('shown');
    marked.classList.add('shown');
  };
  figure.addEventListener('pointerover', show);
  figure.addEventListener('click', show);
}
