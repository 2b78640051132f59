import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** Whether a server accepts connections on this port of 127.0.0.1; waits 10 ms after a refusal. */
export async function canConnect(port: number): Promise<boolean> {
  const connected = await new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
  if (!connected) await wait(10)
  return connected
}
