import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { Suggestion, WhatIf } from '../api/definition.ts'
import { durationText, shortDuration } from '../words/duration.ts'
import { percent, wholeNumber } from '../words/number.ts'
import { CurvePanel } from './curve-panel.tsx'
import { GapPicture } from './gap-picture.tsx'
import { nearestIndex, shareOf } from './gap-bins.ts'
import { TimeoutSlider } from './timeout-slider.tsx'

interface TimeoutExplorerProps {
  readonly timeouts: readonly WhatIf[]
  readonly suggestion: Suggestion | undefined
  readonly isLoading: boolean
}

/** Where the slider stands at first: half an hour, as everywhere. */
const USUAL_MS = 30 * 60_000

const CURVES = [
  {
    key: 'sessions',
    words: 'Sessions',
    read: (at: WhatIf) => at.sessions,
    format: wholeNumber,
    isLogarithmic: false,
  },
  {
    key: 'bounces',
    words: 'Bounce rate',
    read: (at: WhatIf) => at.bounceRate,
    format: percent,
    isLogarithmic: false,
  },
  {
    key: 'duration',
    words: 'Mean duration',
    read: (at: WhatIf) => at.meanDurationMs / 1000,
    format: durationText,
    isLogarithmic: true,
  },
] as const

/** One slider over every timeout of the grid; what it moves over is all here, so nothing has to be asked for on the way. */
export function TimeoutExplorer({ timeouts, suggestion, isLoading }: TimeoutExplorerProps): JSX.Element {
  const [chosen, setChosen] = useState<number>()
  const usual = nearestIndex(timeouts, shareOf(timeouts, USUAL_MS))
  const index = chosen ?? usual
  // Drawn once: what the slider moves is a point on each.
  const curves = useMemo(
    () => CURVES.map((curve) => ({ ...curve, values: timeouts.map(curve.read) })),
    [timeouts],
  )
  const shares = useMemo(() => timeouts.map((each) => shareOf(timeouts, each.timeoutMs)), [timeouts])
  const at = timeouts[index]!
  if (timeouts[0]!.sessions === 0)
    return <p class="panel empty">No event in this time, so there is no pause to look at.</p>
  const suggestedMs = suggestion?.timeoutMs
  return (
    <div class="stack" aria-busy={isLoading}>
      <section class="panel" aria-label="Pauses between events">
        <header>
          <h2>
            Timeout <output class="timeout-value">{shortDuration(at.timeoutMs)}</output>
          </h2>
          {suggestedMs !== undefined && (
            <button
              type="button"
              class="button"
              onClick={() => setChosen(nearestIndex(timeouts, shareOf(timeouts, suggestedMs)))}
            >
              Go to {shortDuration(suggestedMs)}, as suggested
            </button>
          )}
          <a class="button" href={placeLink(['definitions', 'new'], { timeout: String(at.timeoutMs) })}>
            Define sessions with it
          </a>
        </header>
        <div class="body">
          <TimeoutSlider timeouts={timeouts} index={index} onChange={setChosen}>
            <GapPicture timeouts={timeouts} suggestion={suggestion} />
          </TimeoutSlider>
          {suggestion && <p class={`suggestion ${suggestion.verdict}`}>{suggestion.sentence}</p>}
        </div>
      </section>
      <div class="what-if-curves">
        {curves.map(({ key, words, values, format, isLogarithmic }) => (
          <CurvePanel
            key={key}
            words={words}
            values={values}
            shares={shares}
            index={index}
            usual={usual}
            format={format}
            isLogarithmic={isLogarithmic}
          />
        ))}
      </div>
      <p class="muted">
        Every figure is counted, none estimated: the grid holds {wholeNumber(timeouts.length)} timeouts from 1
        second to 30 days. Bars show how often visitors paused for how long, on a logarithmic scale.
      </p>
    </div>
  )
}
