// The order goes to the app's own route; the tracker hears of it once the app has said yes.
document.querySelector('#order').addEventListener('submit', async (event) => {
  event.preventDefault()
  const apples = Number(document.querySelector('#apples').value)
  const response = await fetch('/api/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ apples }),
  })
  const order = await response.json()
  document.querySelector('#answer').textContent = `Order ${order.id}: ${order.apples} apples.`
  window.sojourn?.track('order_placed', { apples: order.apples }, { tags: ['order'] })
})
