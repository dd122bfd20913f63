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

/** All nodes of a tree, parents before what follows them. */
export function flatten(nodes: readonly PathNode[]): readonly PathNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.next)])
}
