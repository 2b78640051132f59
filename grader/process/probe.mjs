// Preloaded into a graded server. It counts what only the server can know, through Node's own
// diagnostics channels, and tells its parent when asked. It changes nothing that a client could see.
import { subscribe } from 'node:diagnostics_channel'

const counters = { connections: 0, requests: 0 }
subscribe('net.server.socket', () => counters.connections++)
subscribe('http.server.request.start', () => counters.requests++)

process.on('message', (message) => {
  if (message !== 'workshop:counters') return
  const { user, system } = process.cpuUsage()
  process.send?.({
    type: 'workshop:counters',
    ...counters,
    cpuMicros: user + system,
    rssBytes: process.memoryUsage.rss(),
  })
})
// The channel to the grader is no reason to stay alive.
process.channel?.unref()
