import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Names in delimited texts")
struct TextLabelTests {
  @Test(
    "names of rows and columns",
    arguments: [
      ("a,b\n1,2\n3,4\n", [], ["a", "b"]),
      ("name,a,b\nx,1,2\ny,3,4\n", ["x", "y"], ["a", "b"]),
      ("a,kind,b\n1,dog,2\n3,\"big \"\"cat\"\"\",4\n", ["dog", "big \"cat\""], ["a", "b"]),
      ("a b\nx 1 2\ny 3 4\n", ["x", "y"], ["a", "b"]),
      ("\"a\" \"b c\"\n\"x y\" 1 2\n\"z\" 3 4\n", ["x y", "z"], ["a", "b c"]),
      (",a,b\n10,1,2\n20,3,4\n", ["10", "20"], ["a", "b"]),
      ("x;1,5;2\ny;3;4\n", ["x", "y"], []),
      ("a,b,\n1,2,\n3,4,\n", [], ["a", "b"]),
      ("a,b,first,second\n1,2,x,u\n3,4,y,v\n", ["x", "y"], ["a", "b"]),
      (",1990,1991\nx,1,2\ny,3,4\n", ["x", "y"], ["1990", "1991"]),
      ("1,2\n3,4\n", [], []),
    ] as [(String, [String], [String])])
  func labels(text: String, rows: [String], columns: [String]) throws {
    #expect(try Fixture.read(text: text).labels == AxisLabels(rows: rows, columns: columns))
  }

  @Test("the first line of scikit-learn's tables says their size and the names of their classes")
  func sizeRecord() throws {
    let loaded = try Fixture.read(text: "3,2,setosa,virginica\n5.1,3.5,0\n6.2,2.8,1\n4.9,3.0,0\n")
    #expect(Fixture.rows(loaded) == [[5.1, 3.5], [6.2, 2.8], [4.9, 3]])
    #expect(loaded.labels == AxisLabels(rows: ["setosa", "virginica", "setosa"]))
    #expect(loaded.notes == ["size record “3,2,…” skipped", "class column 3 left out"])
    // As many cells as the rows have, as in the table of irises.
    let irises = try Fixture.read(text: "2,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n6.2,2.8,4.8,1.8,2\n")
    #expect(irises.matrix.shape == Shape(2, 4) && irises.labels.rows == ["setosa", "virginica"])
  }

  @Test("a size record that lies of its rows is said to")
  func lyingSizeRecord() throws {
    let loaded = try Fixture.read(text: "150,2,setosa,virginica\n5.1,3.5,0\n6.2,2.8,1\n")
    #expect(Fixture.rows(loaded) == [[5.1, 3.5], [6.2, 2.8]])
    #expect(
      loaded.notes == [
        "size record “150,2,…” skipped", "it says 150 rows, and 2 follow", "class column 3 left out",
      ])
    // One that lies of the columns, or of the classes, is none.
    #expect(
      try Fixture.read(text: "2,9,a,b\n5,3,0\n6,2,1\n").notes == ["first record skipped: it has 4 cells, the rows 3"])
    #expect(
      Fixture.refusal(Array("2,2,a\n5,3,0\n6,2,1\n".utf8))
        == "test: line 1, column 3: “a” is not a number; correct or remove it")
  }

  @Test("rows that are dropped lose their names")
  func dropped() throws {
    let text = "k,a,b\nx,1,\ny,3,4\nz,5,6\n"
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", Array(text.utf8)))
    func read(_ policy: MissingPolicy) throws -> LoadedMatrix {
      try file.read(file.tensors[0], options: ReadOptions(missing: policy), control: WorkControl())
    }
    let dropped = try read(.dropRows)
    #expect(Fixture.rows(dropped) == [[3, 4], [5, 6]] && dropped.labels.rows == ["y", "z"])
    #expect(Fixture.rows(try read(.columnMean)) == [[1, 5], [3, 4], [5, 6]])
    #expect(Fixture.rows(try read(.zero)) == [[1, 0], [3, 4], [5, 6]])
  }

  @Test("a column without any number has no mean; it is called by its name")
  func emptyColumn() throws {
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", Array("a,b,c\n1,,2\n3,NA,4\n".utf8)))
    #expect(
      throws: FileError.invalid(
        "test",
        reason: "column 2 “b” holds no number at all and so has no mean; use --drop or --missing zero")
    ) {
      try file.read(file.tensors[0], options: ReadOptions(missing: .columnMean), control: WorkControl())
    }
  }

  @Test("names called twice are told, and kept")
  func repeated() throws {
    let loaded = try Fixture.read(text: "a,b,a\n1,2,3\n")
    #expect(loaded.labels.columns == ["a", "b", "a"])
    #expect(loaded.notes == ["header skipped", "2 columns are called “a”"])
  }

  @Test("names beside blocks of plain rows and single odd ones stay with their rows")
  func longLabels() throws {
    var text = ""
    for row in 0..<30_000 { text += row % 97 == 5 ? "\"n, \(row)\",\"\(row)\"\n# c\n" : "n\(row),\(row)\n" }
    let loaded = try Fixture.read(text: text)
    #expect(loaded.matrix.shape == Shape(30_000, 1) && loaded.labels.rows.count == 30_000)
    #expect(
      (0..<30_000).allSatisfy { row in
        loaded.matrix[row, 0] == Double(row) && loaded.labels.rows[row] == (row % 97 == 5 ? "n, \(row)" : "n\(row)")
      })
  }
}
