// Shows one view at a time and searches. Without it all views stand below each other.
(function () {
  'use strict';
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const sections = all('main > section');
  const links = all('nav a');
  const field = document.getElementById('q');
  const found = document.getElementById('found');
  const find = document.querySelector('.find');

  function show(move) {
    const name = location.hash.slice(1);
    if (move && name === 'main') return;
    const target = name && document.getElementById(name);
    const section = (target && target.closest('main > section')) || (name === 'all' ? null : sections[0]);
    const board = target && target.matches('.board') ? target : null;
    all('.board.this').forEach((one) => one.classList.remove('this'));
    sections.forEach((one) => {
      one.hidden = section !== null && one !== section;
      one.classList.toggle('one', board !== null && one === section);
    });
    if (board) board.classList.add('this');
    links.forEach((link) => {
      if (link.hash === '#' + (section ? section.id : 'all')) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
    tell();
    if (move) {
      window.scrollTo(0, 0);
      const heading = board ? board.querySelector('h3') : section ? section.querySelector('h2') : null;
      if (heading) heading.focus({ preventScroll: true });
    }
  }

  function search() {
    const wanted = field.value.trim().toLowerCase();
    const one = document.querySelector('section.one');
    if (wanted && one) {
      history.replaceState(null, '', '#' + one.id);
      show(false);
    }
    document.body.classList.toggle('searching', wanted !== '');
    all('main [data-q]').forEach((part) => {
      const fits = part.dataset.q.includes(wanted);
      if (part.matches('.lanes > li')) part.classList.toggle('dim', !fits);
      else part.hidden = !fits;
    });
    tell();
  }

  function tell() {
    const wanted = field.value.trim();
    const count = (section) => all('[data-q]', section).filter(
      (part) => !part.hidden && !part.matches('.dim, .index > li')).length;
    links.forEach((link) => {
      const section = link.hash === '#all' ? null : document.querySelector(link.hash);
      if (wanted && section && section.querySelector('[data-q]')) link.dataset.found = count(section);
      else delete link.dataset.found;
    });
    const here = sections.filter((one) => !one.hidden).reduce((sum, one) => sum + count(one), 0);
    found.textContent = wanted ? (here === 1 ? '1 found here' : here + ' found here') : '';
  }

  let waiting = 0;
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      field.value = '';
      search();
    }
    if (event.key !== 'Enter') return;
    search();
    const wanted = field.value.trim().toLowerCase();
    const board = all('.board').find((one) => (' ' + one.dataset.q + ' ').includes(' ' + wanted + ' '));
    if (wanted && board) location.hash = board.id;
  });
  window.addEventListener('hashchange', () => show(true));
  document.body.classList.add('js');
  find.hidden = false;
  show(false);
})();
