import { Link } from 'wouter-preact'
import { BREADS } from './breads.ts'

/** One loaf, with a tagged button: the tracker sends the event, this component knows nothing of it. */
export function BreadPage({ slug }: { readonly slug: string }) {
  const bread = BREADS.find((one) => one.slug === slug)
  if (!bread) return <p>No such bread.</p>
  return (
    <article>
      <h1>{bread.name}</h1>
      <p>
        {bread.hydration} % water, {bread.hours} hours from mix to oven.
      </p>
      <button
        id="bake"
        data-sojourn-event="bake_planned"
        data-sojourn-tags="core"
        data-sojourn-prop-bread={bread.slug}
      >
        Bake this tomorrow
      </button>
      <p>
        <Link href="/">Back to the board</Link>
      </p>
    </article>
  )
}
