'use strict';

// Without this script the browser's own controls play the music; with it, one button does.
const music = document.getElementById('music');
const toggle = document.getElementById('toggle');

function show() {
  toggle.setAttribute('aria-pressed', String(!music.paused));
  toggle.textContent = music.paused ? 'Play the hold music' : 'Stop the hold music';
}

music.controls = false;
toggle.hidden = false;
music.addEventListener('play', show);
music.addEventListener('pause', show);
toggle.addEventListener('click', () => {
  if (music.paused) {
    music.play().catch(() => { toggle.textContent = 'The music cannot be played here'; });
  } else {
    music.pause();
  }
});
