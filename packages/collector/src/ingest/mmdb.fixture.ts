type Data = string | number | { readonly [key: string]: Data }

/**
 * The bytes of a MaxMind DB that knows one IPv4 /24: https://maxmind.github.io/MaxMind-DB/. A chain of 24 nodes, 24-bit records;
 * every branch off the chain says "not found".
 */
export function writeMmdb(prefix: string, record: Data): Buffer {
  const bits = prefix
    .split('.')
    .slice(0, 3)
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('')
  const nodeCount = bits.length
  const tree = Buffer.alloc(nodeCount * 6)
  for (const [node, bit] of [...bits].entries()) {
    const next = node + 1 < nodeCount ? node + 1 : nodeCount + 16
    tree.writeUIntBE(bit === '0' ? next : nodeCount, node * 6, 3)
    tree.writeUIntBE(bit === '1' ? next : nodeCount, node * 6 + 3, 3)
  }
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_717_055_063,
    database_type: 'Test-City',
    ip_version: 4,
    node_count: nodeCount,
    record_size: 24,
  })
  const mark = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')])
  return Buffer.concat([tree, Buffer.alloc(16), encode(record), mark, metadata])
}

function encode(value: Data): Buffer {
  if (typeof value === 'string')
    return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value >= 0 ? encodeWhole(value) : encodeDouble(value)
  const entries = Object.entries(value)
  return Buffer.concat([
    control(7, entries.length),
    ...entries.flatMap(([key, item]) => [encode(key), encode(item)]),
  ])
}

function encodeWhole(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return Buffer.concat([control(6, 4), bytes])
}

function encodeDouble(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return Buffer.concat([control(3, 8), bytes])
}

function control(type: number, size: number): Buffer {
  if (size < 29) return Buffer.from([(type << 5) | size])
  return Buffer.from([(type << 5) | 29, size - 29])
}
