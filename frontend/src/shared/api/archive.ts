import { send } from './http'

/** Bytes that have arrived; `total` is 0 where the server did not say. */
export interface Received { loaded: number; total: number }

const nameIn = (header: string | null): string => /filename="([^"]+)"/.exec(header ?? '')?.[1] ?? 'zhiyu.zip'

/** The archive of all own data, told as it arrives. */
export async function fetchArchive(tell: (received: Received) => void): Promise<{ blob: Blob; name: string }> {
  const answer = await send(new Request(new URL('/api/v1/my/archive', location.origin)))
  const total = Number(answer.headers.get('Content-Length') ?? 0)
  const parts: BlobPart[] = []
  const reader = answer.body!.getReader()
  let loaded = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value)
    loaded += read.value.byteLength
    tell({ loaded, total })
  }
  return { blob: new Blob(parts, { type: 'application/zip' }), name: nameIn(answer.headers.get('Content-Disposition')) }
}
