// Preloaded into a graded server. It counts what only the server can know, through Node's own
// diagnostics channels, and tells its parent when asked. It changes nothing that a client could see.
import { subscribe } from 'node:diagnostics_channel'
import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks'

const counters = { connections: 0, requests: 0 }
subscribe('net.server.socket', () => counters.connections++)
subscribe('http.server.request.start', () => counters.requests++)

function readCounters() {
  const { user, system } = process.cpuUsage()
  return { ...counters, cpuMicros: user + system, rssBytes: process.memoryUsage.rss() }
}

let loop
const resolutionMs = 5
/** Watches the event loop and the garbage collector from now on. */
function watchLoop() {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  let gcMs = 0
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) gcMs += entry.duration
  })
  observer.observe({ entryTypes: ['gc'] })
  loop = {
    delay,
    observer,
    gcMs: () => gcMs,
    start: performance.now(),
  }
  return {}
}

/** The histogram holds whole distances between two ticks of its timer. */
const lateness = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolutionMs)

/** What was seen of them since. */
function readLoop() {
  const { delay, observer, gcMs, start } = loop
  const elapsedMs = performance.now() - start
  delay.disable()
  observer.disconnect()
  return {
    delayP50Ms: lateness(delay.percentile(50)),
    delayP99Ms: lateness(delay.percentile(99)),
    delayMaxMs: lateness(delay.max),
    gcShare: gcMs() / elapsedMs,
    heapUsedBytes: process.memoryUsage().heapUsed,
  }
}

const answers = { counters: readCounters, 'watch loop': watchLoop, 'read loop': readLoop }
process.on('message', (message) => {
  const answer = answers[message?.workshop]
  if (answer) process.send?.({ workshop: message.workshop, ...answer() })
})
// The channel to the grader is no reason to stay alive.
process.channel?.unref()
