// Loaded before the SDK under measurement. Every step runs in a task of its own, as code of a page would.
;(() => {
  const longTasks = []
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({
    type: 'longtask',
    buffered: true,
  })

  const inTask = (work) =>
    new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          resolve(work())
        } catch (error) {
          reject(error)
        }
      })
    })

  let script = ''
  let width = 0
  /** Leaves the layout to be done: whoever reads it now has to wait for it. */
  const dirty = () => (document.getElementById('box').style.width = `${(width++ % 100) + 1}px`)

  window.bench = {
    /** How many tasks took longer than 50 ms since the script ran, by the wall clock. */
    longTasks: () => {
      const [{ startTime: since }] = performance.getEntriesByName('start')
      return longTasks.filter(({ startTime, duration }) => startTime + duration > since).length
    },
    /** Gets the script, so that what comes later is no part of what is timed. */
    load: async (url) => {
      script = await (await fetch(url)).text()
    },
    /** Runs the script, sets the SDK up and tracks the first event, in one task. */
    start: (endpoint) =>
      inTask(() => {
        const element = document.createElement('script')
        element.textContent = script
        dirty()
        performance.mark('start')
        document.head.append(element)
        window.subject.start(endpoint)
        window.subject.track(0)
        performance.mark('started')
      }),
    /** Tracks so many events in one task; resolves to the durations of the calls, in µs. */
    loop: (times) =>
      inTask(() => {
        const durations = []
        performance.mark('loop')
        for (let step = 1; step <= times; step++) {
          const before = performance.now()
          window.subject.track(step)
          durations.push((performance.now() - before) * 1000)
        }
        performance.mark('looped')
        return durations
      }),
    /** Tracks so many events in one task, each of them while a layout is due. */
    loopDirty: (times) =>
      inTask(() => {
        for (let step = 1; step <= times; step++) {
          dirty()
          window.subject.track(step)
        }
      }),
    /** What a probe must be able to see: so many layouts forced by a script. */
    force: (times) =>
      inTask(() => {
        for (let step = 1; step <= times; step++) {
          dirty()
          window.forced = document.getElementById('box').offsetWidth
        }
      }),
  }
})()
