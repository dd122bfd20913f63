// The fake login: the name becomes the user id, and the account is kept for this tab's visit to the product.
const plan = new URLSearchParams(location.search).get('plan')
const choice = document.querySelector('#plan')
if (plan && [...choice.options].some((option) => option.value === plan)) choice.value = plan

document.querySelector('#login').addEventListener('submit', () => {
  const account = { user: document.querySelector('#user').value, plan: choice.value }
  sessionStorage.setItem('tideline-account', JSON.stringify(account))
  window.sojourn?.identify(account.user, { plan: account.plan })
})
