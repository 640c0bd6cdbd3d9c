// What every client here begins with: credentials made as the console makes them, and what the test asked for.
import { readFileSync } from 'node:fs'

export const asked = JSON.parse(readFileSync(0, 'utf8'))

export async function createCredential(fields) {
  const response = await fetch(`${asked.issuer}/v1/credentials`, {
    method: 'POST',
    headers: { authorization: `Bearer ${asked.consoleToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  })
  const created = await response.json()
  if (response.status !== 201) throw new Error(JSON.stringify(created))
  return created
}
