import Foundation
import LinearAlgebra
import MatrixFiles
import MatrixSources

/// `dump-tensors FILE DIRECTORY`: writes every tensor of FILE to DIRECTORY as an NPY array of the working precision, and
/// beside them `index.json`, which tells what FILE says of each; so that other readers' values can be compared with ours.
///
/// Of a tensor that is refused the index holds the sentence. Peak memory is that of the largest tensor.
@main
struct DumpTensors {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 2, let source = arguments.first, let directory = arguments.last else {
      leave(64, "name a file and a directory")
    }
    do throws(FileError) {
      let file = try SourceOpener.open(source)
      var index = DumpIndex(file)
      for (number, entry) in file.tensors.enumerated() {
        index.tensors.append(try dumped(entry, number: number, of: file, to: directory))
      }
      try AtomicFile.write(try text(of: index), to: directory + "/index.json")
    } catch {
      leave(65, error.description)
    }
  }

  /// Writes one tensor; a refusal becomes part of the index, and only what concerns the output is thrown.
  private static func dumped(
    _ entry: TensorEntry, number: Int, of file: any MatrixFile, to directory: String
  ) throws(FileError) -> DumpIndex.Tensor {
    var tensor = DumpIndex.Tensor(entry)
    let loaded: LoadedMatrix
    do throws(FileError) {
      loaded = try file.read(entry, control: WorkControl())
    } catch {
      tensor.refused = error.description
      return tensor
    }
    let name = "\(number).npy"
    try AtomicFile.write(to: "\(directory)/\(name)") { (sink) throws(FileError) in
      try NPYDump.write(loaded.matrix, to: sink)
    }
    tensor.file = name
    tensor.notes = loaded.notes
    return tensor
  }

  private static func text(of index: DumpIndex) throws(FileError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    do {
      return String(decoding: try encoder.encode(index), as: UTF8.self) + "\n"
    } catch {
      throw .cannotWrite("index.json", reason: "\(error)")
    }
  }

  private static func leave(_ status: Int32, _ sentence: String) -> Never {
    FileHandle.standardError.write(Data("dump-tensors: \(sentence)\n".utf8))
    exit(status)
  }
}
