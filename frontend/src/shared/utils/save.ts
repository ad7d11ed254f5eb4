const A_MINUTE = 60_000

/** Hand a file over to the person, as the browser does with a download. */
export function saveBlob(blob: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), A_MINUTE)
}
