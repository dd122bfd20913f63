import type { Suggestion } from './suggest-timeout.ts'

type Facts<Each> = Each extends Suggestion ? Omit<Each, 'sentence'> : never

/** What a suggestion means, in one or two plain sentences without jargon. */
export function describeSuggestion(suggestion: Facts<Suggestion>): string {
  switch (suggestion.verdict) {
    case 'too-few':
      return `Too few pauses to tell: ${suggestion.gaps} so far. Keep the timeout you have and ask again later.`
    case 'no-valley':
      return (
        'There is no clear valley between short and long pauses, so the data do not prefer any timeout. ' +
        'Choose one by what you want to count.'
      )
    case 'found':
      return (
        `90 % of pauses inside a visit are shorter than ${inWords(suggestion.ninetyPercentMs)}. ` +
        `After ${inWords(suggestion.timeoutMs)} of silence a new visit is more likely than the same one going on. ${trust(suggestion.quality)}`
      )
  }
}

function trust(quality: number): string {
  const percent = `${Math.round(quality * 100)} %`
  if (quality >= 0.95) return `The fit is good: it accounts for ${percent} of all pauses.`
  if (quality >= 0.85) return `The fit is fair: it accounts for ${percent} of all pauses.`
  return `Take it with caution: the fit accounts for only ${percent} of all pauses.`
}

/** A duration in its largest fitting unit, with at most one decimal: `46 minutes`, `1.5 hours`. */
export function inWords(durationMs: number): string {
  const [unit, unitMs] =
    durationMs < 90_000
      ? (['second', 1_000] as const)
      : durationMs < 90 * 60_000
        ? (['minute', 60_000] as const)
        : durationMs < 36 * 3_600_000
          ? (['hour', 3_600_000] as const)
          : (['day', 86_400_000] as const)
  const amount = durationMs / unitMs
  const written = Number(amount.toFixed(amount < 10 ? 1 : 0))
  return `${written} ${unit}${written === 1 ? '' : 's'}`
}
