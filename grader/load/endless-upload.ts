import { connect } from 'node:net'

/** What became of an upload that never ends. */
export interface UploadReport {
  /** Bytes of body that the other side took, those in the kernel's buffers included. */
  takenBytes: number
  /** Whether the server ended the connection. */
  cutOff: boolean
  afterMs: number
}

export interface UploadOptions {
  /** After which we give up, in milliseconds. */
  limitMs: number
  /** Announced as Content-Length; without it the body is chunked. */
  announcedBytes?: number
  /** One more header line. */
  header?: string
}

/**
 * Uploads JSON without end, as fast as the server takes it, by a client that does not care for
 * answers: only the end of the connection stops it.
 */
export function endlessUpload(
  port: number,
  path: string,
  { limitMs, announcedBytes, header }: UploadOptions,
): Promise<UploadReport> {
  const text = 'x'.repeat(0x10000)
  const piece = Buffer.from(announcedBytes ? text : `10000\r\n${text}\r\n`)
  const length = announcedBytes ? `Content-Length: ${announcedBytes}` : 'Transfer-Encoding: chunked'
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
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n${length}\r\n${header ? `${header}\r\n` : ''}\r\n`,
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
