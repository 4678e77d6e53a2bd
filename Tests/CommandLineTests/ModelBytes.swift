/// Model files of a few tensors, made byte by byte.
enum ModelBytes {
  /// A row of f32 by its name.
  typealias Row = (name: String, values: [Float])

  /// A `.safetensors`; `metadata` are pairs of JSON.
  static func safetensors(_ rows: Row..., metadata: String? = nil) -> [UInt8] {
    var members = metadata.map { ["\"__metadata__\":{\($0)}"] } ?? []
    var data: [UInt8] = []
    for row in rows {
      let start = data.count
      data += row.values.flatMap { little(Int($0.bitPattern), 4) }
      members.append(
        "\"\(row.name)\":{\"dtype\":\"F32\",\"shape\":[1,\(row.values.count)],\"data_offsets\":[\(start),\(data.count)]}"
      )
    }
    let header = Array("{\(members.joined(separator: ","))}".utf8)
    return little(header.count, 8) + header + data
  }

  /// A `.safetensors` of one f32 tensor with these axes and of a vector, "bias", that holds its first value.
  static func safetensors(_ name: String, axes: [Int], values: [Float]) -> [UInt8] {
    let data = (values + values.prefix(1)).flatMap { little(Int($0.bitPattern), 4) }
    let end = data.count - 4
    let tensor = #""\#(name)":{"dtype":"F32","shape":\#(axes),"data_offsets":[0,\#(end)]}"#
    let bias = #""bias":{"dtype":"F32","shape":[1],"data_offsets":[\#(end),\#(data.count)]}"#
    let header = Array("{\(tensor),\(bias)}".utf8)
    return little(header.count, 8) + header + data
  }

  /// A `.safetensors` of f32 tensors whose elements count up from 1.
  static func counting(_ tensors: KeyValuePairs<String, [Int]>) -> [UInt8] {
    var (members, data): ([String], [UInt8]) = ([], [])
    for (name, axes) in tensors {
      let start = data.count
      data += (0..<axes.reduce(1, *)).flatMap { little(Int(Float($0 + 1).bitPattern), 4) }
      members.append(#""\#(name)":{"dtype":"F32","shape":\#(axes),"data_offsets":[\#(start),\#(data.count)]}"#)
    }
    let header = Array("{\(members.joined(separator: ","))}".utf8)
    return little(header.count, 8) + header + data
  }

  /// An index of shards that puts each tensor into a file.
  static func index(_ files: KeyValuePairs<String, String>) -> [UInt8] {
    let map = files.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
    return Array("{\"metadata\":{},\"weight_map\":{\(map)}}".utf8)
  }

  /// Part `number`, counted from 0, of a split `.gguf` with one tensor a part.
  static func gguf(_ row: Row, part number: Int, of count: Int) -> [UInt8] {
    var bytes = Array("GGUF".utf8) + little(3, 4) + little(1, 8) + little(3, 8)
    bytes += text("split.no") + little(2, 4) + little(number, 2)
    bytes += text("split.count") + little(2, 4) + little(count, 2)
    bytes += text("split.tensors.count") + little(5, 4) + little(count, 4)
    bytes += text(row.name) + little(2, 4) + little(row.values.count, 8) + little(1, 8) + little(0, 4) + little(0, 8)
    bytes += [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32)
    let data = row.values.flatMap { little(Int($0.bitPattern), 4) }
    return bytes + data + [UInt8](repeating: 0, count: (32 - data.count % 32) % 32)
  }

  private static func text(_ text: String) -> [UInt8] { little(text.utf8.count, 8) + Array(text.utf8) }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
