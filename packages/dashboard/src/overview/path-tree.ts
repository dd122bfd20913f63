import type { RankedPath } from '../api/metrics.ts'

/** A page on the way, and where sessions went from it. */
export interface PathNode {
  /** The page's path. */
  readonly step: string
  readonly sessions: number
  /** Where its top and bottom lie in the whole picture, from 0 to 1. */
  readonly from: number
  readonly to: number
  /** All steps up to this one, itself included. */
  readonly trail: readonly string[]
  readonly next: readonly PathNode[]
}

/**
 * Paths as a tree, larger nodes first. There is a row for each part of a path from its fixed end on, so the number of a node is that of its own
 * row; where that is missing, so is all that follows. The heights are shares of all sessions that have a first step.
 */
export function pathTree(rows: readonly Pick<RankedPath, 'steps' | 'sessions'>[]): readonly PathNode[] {
  const byTrail = new Map<string, (typeof rows)[number][]>()
  for (const row of rows) {
    const before = keyOf(row.steps.slice(0, -1))
    if (row.steps.length > 0) byTrail.set(before, [...(byTrail.get(before) ?? []), row])
  }
  const whole = (byTrail.get(keyOf([])) ?? []).reduce((sum, { sessions }) => sum + sessions, 0)
  return nodesAfter([], 0)

  function nodesAfter(trail: readonly string[], from: number): readonly PathNode[] {
    let top = from
    return [...(byTrail.get(keyOf(trail)) ?? [])]
      .sort((a, b) => b.sessions - a.sessions)
      .map(({ steps, sessions }) => {
        const start = top
        top += sessions / Math.max(whole, 1)
        const next = nodesAfter(steps, start)
        return { step: steps.at(-1)!, sessions, from: start, to: top, trail: steps, next }
      })
  }
}

function keyOf(trail: readonly string[]): string {
  return JSON.stringify(trail)
}

/** Siblings that are not shown, as one stretch of the picture. */
export interface PathRest {
  /** The steps before them. */
  readonly trail: readonly string[]
  readonly from: number
  readonly to: number
}

/** The nodes of a tree that are at least this high, parents before what follows them, and what stands for the others beside each of them. */
export function shownNodes(
  nodes: readonly PathNode[],
  least: number,
  trail: readonly string[] = [],
): { readonly shown: readonly PathNode[]; readonly rests: readonly PathRest[] } {
  // Larger ones come first, so that the others lie side by side at the end.
  const end = nodes.findIndex(({ from, to }) => to - from < least)
  const high = end < 0 ? nodes : nodes.slice(0, end)
  const low = nodes.slice(high.length)
  const below = high.map((node) => shownNodes(node.next, least, node.trail))
  const [first] = low
  return {
    shown: high.flatMap((node, at) => [node, ...below[at]!.shown]),
    rests: [
      ...(first ? [{ trail, from: first.from, to: low.at(-1)!.to }] : []),
      ...below.flatMap(({ rests }) => rests),
    ],
  }
}
