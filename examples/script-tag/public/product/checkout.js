// The fake checkout: two events sent by hand, as a shop would from its own code.
const PRICES = { crew: 9, harbour: 49 }
const form = document.querySelector('#checkout')
const choice = document.querySelector('#order-plan')

form.addEventListener(
  'focusin',
  () => window.sojourn?.track('checkout_started', {}, { tags: ['checkout'] }),
  { once: true },
)

form.addEventListener('submit', () => {
  const plan = choice.value
  window.sojourn?.track(
    'order_placed',
    { plan, value: PRICES[plan], currency: 'EUR' },
    { tags: ['checkout', 'revenue'] },
  )
})
