import './mend-language.ts'
import 'uplot/dist/uPlot.min.css'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { onThemeChange } from '../shell/theme.ts'
import { chartColours, faded } from './chart-colours.ts'
import type { ChartColours } from './chart-colours.ts'
import { veilEnds } from './veil-ends.ts'

/** One line of a chart; a value that there is none of is null. */
export interface ChartLine {
  readonly words: string
  readonly values: readonly (number | null)[]
  /** Which of the colours, from 0. */
  readonly colour: number
  /** Drawn dashed and without an area: a period to compare with. */
  readonly isFaint?: boolean
}

/** A tick of the time axis, in epoch ms. */
export interface ChartTick {
  readonly time: number
  readonly text: string
}

interface TimeChartProps {
  /** Where on the time axis each value stands, in epoch ms, ascending. */
  readonly times: readonly number[]
  readonly lines: readonly ChartLine[]
  /** The ticks of the time axis, at most so many. */
  readonly ticks: (most: number) => readonly ChartTick[]
  /** Whether the first and the last value are of a part of a time only: they are drawn fainter. */
  readonly cut: { readonly first: boolean; readonly last: boolean }
  /** A value as the axis shows it. */
  readonly format: (value: number) => string
  /** Values are counts: the axis shows no fractions. */
  readonly isWhole?: boolean
  /** Areas stand on one another, the first at the bottom. */
  readonly isStacked?: boolean
  /** What the chart shows, for those who cannot see it. */
  readonly label: string
  /** The value under the pointer, by its index; undefined when the pointer has left. */
  readonly onPoint: (index: number | undefined) => void
  readonly onChoose: (index: number) => void
}

/** The root font size that the measures below are for; where it is larger, so is the chart. In px. */
const ROOT_PX = 14
/** A tick of the time axis has as much room. */
const TICK_PX = 68
/** 1, 2, 5, 10, … */
const WHOLE_STEPS = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((digit) => digit * 10 ** power),
).flat()

/** Values over time, drawn on a canvas that follows the size of its box and the page's colours. */
export function TimeChart(props: TimeChartProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const drawn = JSON.stringify([props.times, props.lines, props.isStacked, props.cut])
  useEffect(() => {
    let chart: uPlot | undefined
    const draw = (): void => {
      chart?.destroy()
      chart = makeChart(box.current!, latest)
    }
    draw()
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = box.current!
      if (chart && (chart.width !== width || chart.height !== height)) chart.setSize({ width, height })
    })
    observer.observe(box.current!)
    const stopFollowing = onThemeChange(draw)
    return () => {
      observer.disconnect()
      stopFollowing()
      chart?.destroy()
    }
  }, [drawn])
  return <div class="time-chart" ref={box} role="img" aria-label={props.label} />
}

function makeChart(box: HTMLElement, latest: { readonly current: TimeChartProps }): uPlot {
  const { times, lines, isStacked = false, isWhole = false } = latest.current
  const colours = chartColours(box)
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT_PX
  const values = isStacked ? stacked(lines) : lines.map((line) => line.values)
  const ticksOf = ({ width }: uPlot): readonly ChartTick[] =>
    latest.current.ticks(Math.max(2, Math.floor(width / (TICK_PX * scale))))
  const axis = {
    stroke: colours.text,
    font: `${12 * scale}px ${getComputedStyle(box).fontFamily}`,
    grid: { stroke: colours.line, width: 1 },
    ticks: { show: false },
  }
  const chart = new uPlot(
    {
      width: box.clientWidth,
      height: box.clientHeight,
      // Room for half of the last tick's words.
      padding: [null, 24 * scale, null, null],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
      scales: { x: { time: true }, y: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.08 : 1] } },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 32 * scale,
          splits: (chart) => ticksOf(chart).map(({ time }) => time / 1000),
          values: (chart) => ticksOf(chart).map(({ text }) => text),
        },
        {
          ...axis,
          size: 56 * scale,
          ...(isWhole ? { incrs: WHOLE_STEPS } : {}),
          values: (_chart, ticks) => ticks.map((tick) => latest.current.format(tick)),
        },
      ],
      series: [{}, ...lines.map((line) => seriesOf(line, colours, isStacked))],
      bands: isStacked
        ? lines.slice(1).map((_, at) => ({ series: [at + 2, at + 1] as [number, number] }))
        : [],
      hooks: {
        draw: [(chart) => veilEnds(chart, latest.current.cut, colours.ground)],
        setCursor: [({ cursor }) => latest.current.onPoint(cursor.idx ?? undefined)],
      },
    },
    [times.map((time) => time / 1000), ...values.map((list) => [...list])] as uPlot.AlignedData,
    box,
  )
  chart.over.addEventListener('click', () => {
    const { idx } = chart.cursor
    if (idx !== null && idx !== undefined) latest.current.onChoose(idx)
  })
  return chart
}

function seriesOf(line: ChartLine, colours: ChartColours, isStacked: boolean): uPlot.Series {
  const colour = colours.series[line.colour]!
  if (line.isFaint) return { stroke: faded(colour, 0.55), width: 1.5, dash: [4, 4], points: { show: false } }
  const fill = faded(colour, isStacked ? 0.35 : 0.1)
  return { stroke: colour, width: 2, fill, points: { show: line.values.length < 40, size: 5, fill: colour } }
}

/** Each line on top of those before it. */
function stacked(lines: readonly ChartLine[]): readonly (readonly number[])[] {
  const sums = lines[0]?.values.map(() => 0) ?? []
  return lines.map((line) => line.values.map((value, index) => (sums[index] = sums[index]! + (value ?? 0))))
}
