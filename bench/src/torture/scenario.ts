/** One way to mistreat the collector. Each begins with an empty folder of its own. */
export interface Scenario {
  readonly name: string
  /** Resolves to what was counted. Throws where it could not be carried out at all. */
  run(trial: Trial): Promise<Outcome>
}

/** What a scenario is given. */
export interface Trial {
  /** The form for every commit: fewer repetitions of the same. */
  readonly short: boolean
  /** Draws the same traffic and the same moments for the same number, as far as the machine allows. */
  readonly seed: number
  /** Its own, and empty. */
  readonly folder: string
}

/** What came out. */
export interface Outcome {
  /** Printed as they are, for people. */
  readonly counts: Readonly<Record<string, number | string>>
  /** One sentence for each thing that must not be; none when all is well. */
  readonly failures: readonly string[]
  /** Why it could not be tried here, such as for want of root; its failures are then empty. */
  readonly skipped?: string
}

/** Sentences for the conditions that do not hold. */
export function failuresOf(conditions: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(conditions).flatMap(([sentence, holds]) => (holds ? [] : [sentence]))
}
