import Glibc
import LinearAlgebra
import MatrixFiles
import MatrixGallery

/// What the arguments of a command line name: one source or several that form a list, and perhaps a tensor of it.
package struct SourceArguments: Hashable, Sendable {
  /// The files, directories and gallery matrices, in their order.
  package let names: [String]
  /// The tensor of a single source.
  package let tensor: String?

  /// Understands `arguments`. Of two, the second is a tensor's name unless it is a file's, "-" or a gallery matrix's.
  package init(_ arguments: [String]) {
    if arguments.count == 2, !Self.isSource(arguments[1]) {
      names = [arguments[0]]
      tensor = arguments[1]
    } else {
      names = arguments
      tensor = nil
    }
  }

  /// The one string that stands for all: the name itself, or "3 files"; nil where nothing is named.
  package var source: String? {
    names.count > 1 ? MatrixCollection.title(of: names) : names.first
  }

  /// Opens ``source``, which may be a list, or whatever else is named later on.
  package func open(_ name: String, control: WorkControl = WorkControl()) throws(FileError) -> any MatrixFile {
    try name == source ? SourceOpener.open(names: names, control: control) : SourceOpener.open(name, control: control)
  }

  private static func isSource(_ name: String) -> Bool {
    name == "-" || GalleryCatalog.claims(name) || SampleCatalog.claims(name) || ChangedFile.claims(name)
      || access(name, F_OK) == 0 || !FilePattern.matches(name).isEmpty
  }
}
