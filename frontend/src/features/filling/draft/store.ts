import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

import type { Edit } from './queue'

interface Schema extends DBSchema {
  edits: { key: string; value: StoredEdit; indexes: { draft: string } }
}
export type StoredEdit = Edit & { draft: string; by: number | null }

/** Edits that the server has not confirmed, on this device: they outlive the page, the browser and a power cut. On a
 *  shared computer each waits for whoever made it (`by` is the membership), so that nobody sends it under another name. */
export class EditStore {
  private db: Promise<IDBPDatabase<Schema>> | null = null

  constructor(private readonly draft: string, private readonly by: number | null) {}

  private open(): Promise<IDBPDatabase<Schema>> {
    this.db ??= openDB<Schema>('zhiyu-edits', 1, {
      upgrade: (db) => { db.createObjectStore('edits', { keyPath: 'key' }).createIndex('draft', 'draft') },
    })
    return this.db
  }

  /** `strict`: the browser answers only when the edit is on the disk. */
  async put(edit: Edit): Promise<void> {
    const tx = (await this.open()).transaction('edits', 'readwrite', { durability: 'strict' })
    await Promise.all([tx.store.put({ ...edit, draft: this.draft, by: this.by }), tx.done])
  }

  async remove(keys: string[]): Promise<void> {
    const tx = (await this.open()).transaction('edits', 'readwrite')
    await Promise.all([...keys.map((key) => tx.store.delete(key)), tx.done])
  }

  /** Of a draft that is gone nothing waits any more, whoever made it. */
  async clear(): Promise<void> {
    await this.remove((await this.found()).map((edit) => edit.key))
  }

  /** In the order in which they were made. */
  async all(): Promise<Edit[]> {
    const own = (await this.found()).filter((edit) => edit.by === this.by)
    return own.sort((one, two) => one.at - two.at)
  }

  private async found(): Promise<StoredEdit[]> {
    return (await this.open()).getAllFromIndex('edits', 'draft', this.draft)
  }
}
