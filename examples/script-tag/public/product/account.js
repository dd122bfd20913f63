// Greets who is logged in, and logs out: `reset()` makes the next person on this machine another visitor.
const stored = sessionStorage.getItem('tideline-account')
const logout = document.querySelector('#logout')

if (stored) {
  document.querySelector('[data-user]').textContent = `, ${JSON.parse(stored).user}`
  logout.hidden = false
}

logout.addEventListener('click', () => {
  sessionStorage.removeItem('tideline-account')
  window.sojourn?.reset()
})
