export { CannotStart, createCollector } from './collector.ts'
export type { Collector, CollectorOptions, CollectorRouter } from './collector.ts'
export { CannotOpenStore } from './store/sqlite/cannot-open-store.ts'
export type { Source } from './store/store.ts'
