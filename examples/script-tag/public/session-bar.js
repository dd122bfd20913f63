// The small bar at the foot of every demo page: what `sojourn.session()` says at this moment.
const bar = document.querySelector('[data-session-bar]')
const script = document.querySelector('script[data-write-key]')

/** Writes as text, never as markup. */
function show(session) {
  const fields = bar.querySelectorAll('[data-session]')
  for (const field of fields) field.textContent = session[field.dataset.session]
  bar.querySelector('a').href = `/v1/sessions/${encodeURIComponent(session.id)}`
  bar.hidden = false
}

function start() {
  const session = window.sojourn.session()
  if (session) show(session)
  window.sojourn.onSession(show)
}

if (typeof window.sojourn?.session === 'function') start()
else script.addEventListener('load', start)
