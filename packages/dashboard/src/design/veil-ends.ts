import type uPlot from 'uplot'
import { faded } from './chart-colours.ts'

/** Lays the ground's colour thinly over the first and the last stretch of a chart, whose values are of a part of a time only. */
export function veilEnds(
  chart: uPlot,
  cut: { readonly first: boolean; readonly last: boolean },
  ground: string,
): void {
  const times = chart.data[0]
  if (times.length < 3) return
  const { ctx, bbox } = chart
  const at = (index: number): number => chart.valToPos(times.at(index)!, 'x', true)
  const [edge, point] = [6 * devicePixelRatio, 4 * devicePixelRatio]
  ctx.save()
  ctx.fillStyle = faded(ground, 0.62)
  if (cut.first) ctx.fillRect(at(0) - edge, bbox.top, at(1) - point - at(0) + edge, bbox.height)
  if (cut.last) ctx.fillRect(at(-2) + point, bbox.top, at(-1) - at(-2) - point + edge, bbox.height)
  ctx.restore()
}
