import { connect } from 'node:net'

/** What became of an upload that never ends. */
export interface UploadReport {
  /** Bytes of body that the other side took, those in the kernel's buffers included. */
  takenBytes: number
  /** Whether the server ended the connection. */
  cutOff: boolean
  afterMs: number
}

/** Uploads JSON without end, as fast as the server takes it, for at most `limitMs`. */
export function endlessUpload(port: number, path: string, limitMs: number): Promise<UploadReport> {
  const piece = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`) // one chunk of 64 KiB
  const start = performance.now()
  return new Promise((resolve) => {
    let cutOff = false
    const socket = connect({ port, host: '127.0.0.1' })
    const pour = () => {
      while (!socket.destroyed && socket.writable && socket.write(piece)) {}
    }
    const timer = setTimeout(() => socket.destroy(), limitMs)
    socket.once('connect', () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      )
      pour()
    })
    socket.on('drain', pour)
    socket.resume()
    socket.on('end', () => {
      cutOff = true
      socket.destroy()
    })
    socket.on('error', () => {
      cutOff = true
    })
    socket.once('close', () => {
      clearTimeout(timer)
      const takenBytes = Math.max(0, socket.bytesWritten - socket.writableLength)
      resolve({ takenBytes, cutOff, afterMs: performance.now() - start })
    })
  })
}
