/** The colours a chart draws with, as the page's style sheet gives them now. */
export interface ChartColours {
  readonly text: string
  readonly line: string
  readonly ground: string
  readonly series: readonly string[]
}

/** Reads the colours: a canvas takes no custom properties, and `light-dark()` is resolved only where a property of the element uses it. */
export function chartColours(element: HTMLElement): ChartColours {
  const probe = document.createElement('span')
  element.append(probe)
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours = {
    text: read('text-muted'),
    line: read('line'),
    ground: read('panel'),
    series: [1, 2, 3, 4, 5, 6].map((number) => read(`series-${number}`)),
  }
  probe.remove()
  return colours
}

/** The same colour, only so opaque: `rgb(1, 2, 3)` at 0.1 is `rgb(1, 2, 3, 0.1)`. */
export function faded(colour: string, opacity: number): string {
  return colour.replace(/^rgb\(([^)/]+)\)$/, `rgb($1, ${opacity})`)
}
