// The page at /: logs in, and shows the latest sessions through the read API. Whatever senders wrote goes into the page as text only.
const REFRESH_MS = 5_000

const byId = (id) => document.getElementById(id)
const logInForm = byId('log-in')
const table = document.querySelector('table')
let refreshTimer

/** Takes the token of a login link out of the address, so that it stays in no history. */
function takeLinkToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) history.replaceState(null, '', location.pathname)
  return token
}

async function logIn(token) {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch('v1/login', { method: 'POST', headers, body: JSON.stringify({ token }) })
  return answer.ok
}

function showLogIn(refusal = '') {
  clearTimeout(refreshTimer)
  byId('sessions').hidden = true
  byId('log-out').hidden = true
  logInForm.hidden = false
  byId('refusal').textContent = refusal
  byId('token').focus()
}

/** Shows what there is, and again every few seconds; asks to log in where that is needed. */
async function show() {
  clearTimeout(refreshTimer)
  try {
    const answers = await Promise.all([fetch('v1/sessions?limit=20'), fetch('v1/sources')])
    if (answers.some((answer) => answer.status === 401)) return showLogIn()
    if (!answers.every((answer) => answer.ok)) throw new Error('refused')
    const [{ sessions }, { sources }] = await Promise.all(answers.map((answer) => answer.json()))
    logInForm.hidden = true
    byId('sessions').hidden = false
    byId('log-out').hidden = false
    showSessions(sessions)
    showSources(sources)
  } catch {
    byId('note').textContent = 'The collector does not answer. This page tries again by itself.'
  }
  refreshTimer = setTimeout(show, REFRESH_MS)
}

function showSessions(sessions) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  byId('note').textContent = sessions.length
    ? `Times are in ${zone}. The whole session objects are at /v1/sessions.`
    : 'None yet. The first visit appears here by itself.'
  table.hidden = sessions.length === 0
  table.tBodies[0].replaceChildren(...sessions.map(sessionRow))
}

function sessionRow(session) {
  const { time, status } = session.metadata
  const edge = (event) => [event?.name, event?.path].filter(Boolean).join(' ')
  const cells = [
    new Date(time.insert).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' }),
    session.source.name,
    session.profile.userId ?? 'anonymous',
    `${time.duration} s`,
    session.counts.events.toLocaleString(),
    edge(session.entry),
    edge(session.exit),
    [session.device?.type, session.app?.name].filter(Boolean).join(', '),
    status,
  ]
  const row = document.createElement('tr')
  for (const [index, text] of cells.entries()) {
    const cell = row.insertCell()
    cell.textContent = text
    cell.title = text
    if (index === 3 || index === 4) cell.className = 'number'
  }
  return row
}

function showSources(sources) {
  byId('demo').hidden = !sources.some(({ id }) => id === 'demo-marketing')
  byId('sources').replaceChildren(...sources.map(sourceItem))
}

function sourceItem({ name, type, writeKey }) {
  const item = document.createElement('li')
  const code = document.createElement('code')
  const script = new URL('sojourn.js', location.href).href
  code.textContent = `<script async src="${script}" data-write-key="${writeKey}"></script>`
  item.append(`${name} (${type})`, code)
  return item
}

logInForm.addEventListener('submit', async (event) => {
  event.preventDefault()
  const isIn = await logIn(byId('token').value).catch(() => false)
  if (!isIn) return showLogIn('This is not the admin token.')
  logInForm.reset()
  await show()
})
byId('log-out').addEventListener('click', async () => {
  await fetch('v1/logout', { method: 'POST' })
  showLogIn()
})

const linkToken = takeLinkToken()
if (linkToken && !(await logIn(linkToken).catch(() => false))) showLogIn('The link holds an old token.')
else await show()
