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

interface Draft {
  sessions: number
  readonly next: Map<string, Draft>
}

/** Paths as a tree: sessions that begin alike share their first nodes. Larger ones first. The heights are shares of all sessions in `rows`. */
export function pathTree(rows: readonly Pick<RankedPath, 'steps' | 'sessions'>[]): readonly PathNode[] {
  const root: Draft = { sessions: 0, next: new Map() }
  for (const { steps, sessions } of rows) {
    root.sessions += sessions
    let at = root
    for (const step of steps) {
      const next = at.next.get(step) ?? { sessions: 0, next: new Map<string, Draft>() }
      at.next.set(step, next)
      next.sessions += sessions
      at = next
    }
  }
  return nodesOf(root, 0, [], Math.max(root.sessions, 1))
}

function nodesOf(parent: Draft, from: number, trail: readonly string[], whole: number): readonly PathNode[] {
  let top = from
  return [...parent.next]
    .sort(([, a], [, b]) => b.sessions - a.sessions)
    .map(([step, draft]) => {
      const start = top
      top += draft.sessions / whole
      const steps = [...trail, step]
      return {
        step,
        sessions: draft.sessions,
        from: start,
        to: top,
        trail: steps,
        next: nodesOf(draft, start, steps, whole),
      }
    })
}

/** All nodes of a tree, parents before what follows them. */
export function flatten(nodes: readonly PathNode[]): readonly PathNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.next)])
}
