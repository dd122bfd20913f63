/** A binary min-heap of items by a number that each item carries. */
export interface Heap<Item> {
  push(item: Item): void
  /** Takes the item with the least number. Undefined when the heap is empty. */
  pop(): Item | undefined
}

/** An empty heap. `orderOf` must not change for an item while the heap holds it. */
export function createHeap<Item>(orderOf: (item: Item) => number): Heap<Item> {
  const items: Item[] = []
  const before = (a: number, b: number): boolean => orderOf(items[a]!) < orderOf(items[b]!)
  const swap = (a: number, b: number): void => {
    const item = items[a]!
    items[a] = items[b]!
    items[b] = item
  }
  return {
    push(item) {
      items.push(item)
      for (let i = items.length - 1; i > 0;) {
        const parent = (i - 1) >> 1
        if (!before(i, parent)) break
        swap(i, parent)
        i = parent
      }
    },
    pop() {
      if (items.length === 0) return undefined
      swap(0, items.length - 1)
      const least = items.pop()
      for (let i = 0; ;) {
        let next = i
        for (const child of [2 * i + 1, 2 * i + 2])
          if (child < items.length && before(child, next)) next = child
        if (next === i) break
        swap(i, next)
        i = next
      }
      return least
    },
  }
}
