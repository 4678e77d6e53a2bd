import LinearAlgebra
import Testing

@testable import MatrixFiles

extension ViewedAxes {
  /// The index along each of so many axes of the tensor of what entry (`row`, `column`) is.
  func index(row: Int, column: Int, axes: Int) -> [Int] {
    var index = [Int](repeating: 0, count: axes)
    for part in parts { index[part.axis] += part.first * part.spacing }
    for (places, position) in [(rows, row), (columns, column)] {
      var rest = position
      for part in places.reversed().map({ parts[$0] }) {
        index[part.axis] += rest % part.count * part.spacing
        rest /= part.count
      }
    }
    return index
  }
}

@Suite("Blocks of a tensor")
struct TensorBlockTests {
  /// A tensor whose elements count in C order.
  private func read(_ axes: [Int], _ text: String, isFortranOrder: Bool = false) throws -> LoadedMatrix {
    let count = axes.reduce(1, *)
    let entry = TensorEntry(name: "w", type: .i32, axes: axes)
    var bytes = [UInt8](repeating: 0, count: 4 * count)
    for element in 0..<count {
      // The C-order number of the element that Fortran order has here.
      var (rest, value) = (element, 0)
      if isFortranOrder {
        var digits: [Int] = []
        for axis in axes {
          digits.append(rest % axis)
          rest /= axis
        }
        value = zip(digits, axes).reduce(0) { $0 * $1.1 + $1.0 }
      } else {
        value = element
      }
      for byte in 0..<4 { bytes[4 * element + byte] = UInt8(value >> (8 * byte) & 255) }
    }
    let source = SpooledBytes(name: "test", bytes)
    return try TensorLayout(entry: entry, isFortranOrder: isFortranOrder).read(
      from: RangeStream(source, count: source.count), options: ReadOptions(view: TensorView(parsing: text)),
      source: "test", control: WorkControl())
  }

  @Test("ranges of rows and columns", arguments: [false, true])
  func ranges(isFortranOrder: Bool) throws {
    func rows(_ text: String) throws -> [[Double]] {
      Fixture.rows(try read([6, 10], text, isFortranOrder: isFortranOrder))
    }
    let (cut, all) = (try rows("rows=2:4"), try rows("usual"))
    #expect(cut == Array(all[2..<4]) && cut[1][7] == 37)
    #expect(try rows("columns=3:5") == all.map { Array($0[3..<5]) })
    #expect(try rows("block=5:6,9:10") == [[59]])
    #expect(try rows("block=1:3,0:2") == [[10, 11], [20, 21]])
    #expect(try rows("block=4") == all[4].map { [$0] })
  }

  @Test(
    "index 1 of the middle of an axis that is split is what lies there, of rows and of columns",
    arguments: [false, true])
  func splits(isFortranOrder: Bool) throws {
    let (heads, parts, depth, width) = (4, 3, 5, 7)
    for part in 0..<parts {
      let rows = try read(
        [heads * parts * depth, width], "rows=:/4.\(part)/3.:/5", isFortranOrder: isFortranOrder)
      #expect(rows.matrix.shape == Shape(heads * depth, width))
      let columns = try read(
        [width, heads * parts * depth], "columns=:/4.\(part)/3.:/5", isFortranOrder: isFortranOrder)
      for head in 0..<heads {
        for d in 0..<depth {
          for j in 0..<width {
            let element = (head * parts + part) * depth + d
            #expect(rows.matrix[head * depth + d, j] == Double(element * width + j))
            #expect(columns.matrix[j, head * depth + d] == Double(j * heads * parts * depth + element))
          }
        }
      }
    }
    // One head of one part; every second column.
    let head = try read([heads * parts * depth, width], "block=2/4.1/3.:/5", isFortranOrder: isFortranOrder)
    #expect(head.matrix.shape == Shape(depth, width))
    #expect(head.matrix[0, 0] == 245)
    let odd = try read([3, 8], "columns=:/4.1/2", isFortranOrder: isFortranOrder)
    #expect(Fixture.rows(odd) == [[1, 3, 5, 7], [9, 11, 13, 15], [17, 19, 21, 23]])
  }

  @Test("an index of three axes leaves two, whose ranges are rows and columns")
  func stacks() throws {
    let part = try read([3, 4, 6], "block=2,1:3,:/3.0/2")
    #expect(Fixture.rows(part) == [[54, 56, 58], [60, 62, 64]])
    #expect(part.notes == ["block [2, 1:3, :/3.0/2]", "axes 3 × 4 × 6"])
  }

  @Test(
    "blocks are read and written as text",
    arguments: [
      "rows=0:64", "columns=1:3", "block=0:64,:", "block=:/12.1/3.:/64,3", "rows=:/12.1/3.0:8/64", "block=1,2:3,:",
    ])
  func texts(text: String) throws { #expect(try TensorView(parsing: text).description == text) }

  @Test("short forms are the same as long ones")
  func shortForms() throws {
    #expect(try TensorView(parsing: "block=0:4") == TensorView(parsing: "rows=0:4"))
    #expect(try TensorView(parsing: "block=:,0:4") == TensorView(parsing: "columns=0:4"))
    #expect(try TensorView(parsing: "rows=:/2.1/3").title(of: [6, 4]) == "block [:/2.1/3]")
  }

  @Test(
    "texts that name no block",
    arguments: [
      "block=", "rows=a", "rows=0:4,1", "rows=4:0", "rows=1/3.:", "rows=1/", "block=0:1:2", "rows=-1", "rows=0:4/4/4",
    ])
  func refusedTexts(text: String) {
    #expect {
      try TensorView(parsing: text)
    } throws: {
      "\($0)".contains("=0:64") || "\($0)".contains("like 0:64")
    }
  }

  @Test(
    "blocks that a tensor does not have",
    arguments: [
      ("rows=0:7", "asks for 0:7 of axis 0, whose indices count from 0 to 5"),
      ("rows=6", "asks for index 6 of axis 0, whose indices count from 0 to 5"),
      ("columns=2:2", "asks for 2:2 of axis 1, which is nothing"),
      ("rows=:/4.:/2", "splits axis 0 into 4 · 2, which is not its 6"),
      ("rows=:/9223372036854775807.:/2", "splits axis 0 into 9223372036854775807 · 2, which is not its 6"),
      ("rows=1/2.3/3", "asks for index 3 of axis 0, whose indices count from 0 to 2"),
      ("block=1,2", "leaves a single number; keep an axis with “:”"), ("block=:,:,0:1", "has places for 3"),
    ])
  func refusals(text: String, reason: String) throws {
    let entry = TensorEntry(name: "w", type: .f32, axes: [6, 8])
    #expect(entry.refusal(of: try TensorView(parsing: text)) == "“w” has 2 axes (6 × 8): \(text) \(reason)")
  }
}
