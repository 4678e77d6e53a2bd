/// Where the bytes of a storage are.
struct PyTorchPlace: Hashable, Sendable {
  /// Of the first one in the file.
  let offset: Int
  /// How many there are when they are unpacked.
  let count: Int
  /// Its entry, where the file is an archive.
  var entry: ZipArchive.Entry?
}

/// The tensors of a checkpoint as they are listed: each view of a storage once, with all its names.
struct PyTorchListing {
  /// A tensor that can be read.
  struct Member: Sendable {
    let tensor: PyTorchTensor
    let place: PyTorchPlace
    /// Its names; none for a checkpoint that is a single tensor.
    fileprivate(set) var names: [String]

    /// What is listed: the first name, and the others beside it.
    var entry: TensorEntry {
      TensorEntry(name: names.first, type: tensor.type, axes: tensor.axes, aliases: Array(names.dropFirst()))
    }

    /// The bytes of its storage before its first element.
    var start: Int {
      tensor.storage.windowStart * tensor.storage.elementSize + tensor.offset * tensor.type.block.bytes
    }
  }

  private(set) var members: [Member] = []
  private(set) var unreadable: [UnreadableTensor] = []
  /// The single numbers among ``unreadable``, by their names.
  private(set) var numbers = NameTable<Member>()

  /// How many containers were not walked again under their other names.
  private var passedOver = 0

  /// What is to be said of the list as a whole.
  var notes: [String] {
    guard passedOver > 0 else { return [] }
    return [
      "\(passedOver) \(passedOver == 1 ? "object" : "objects") shared so often that some other names of their tensors are "
        + "not listed; save the model’s state_dict() to have all"
    ]
  }

  /// The same bytes in the same order.
  private struct View: Hashable {
    let storage: Int
    let start: Int
    let type: ElementType
    let axes: [Int]
    let strides: [Int]
  }

  private let source: String
  private var memberOfView: [View: Int] = [:]
  /// The names that are taken, and which member has each; −1 for what cannot be read.
  private var memberOfName = NameTable<Int>()

  /// An empty list for the file called `source`.
  init(source: String) { self.source = source }

  /// Adds what a walk found in `arena`.
  ///
  /// - Parameter place: says where a storage is, or why it is not there.
  /// - Throws: ``FileError/invalid(_:reason:)`` when two tensors have the same name.
  mutating func add(
    _ findings: PyTorchWalk.Findings, in arena: PickleArena,
    place: (PyTorchStorage) throws(PyTorchRefusal) -> PyTorchPlace
  ) throws(FileError) {
    let builders = PyTorchBuilders(arena: arena)
    passedOver += findings.passedOver
    for finding in findings.tensors {
      var refusal: PyTorchRefusal?
      var index = -1
      do throws(PyTorchRefusal) {
        let tensor = try Self.tensor(finding, builders)
        index = member(tensor, at: try place(tensor.storage))
      } catch {
        refusal = error
        if let name = finding.name, let number = error.number {
          numbers[name] = (try? place(number.storage)).map { Member(tensor: number, place: $0, names: [name]) }
        }
      }
      if let name = finding.name, let other = memberOfName.updateValue(index, forName: name) {
        guard other == index, index >= 0 else {
          throw .invalid(source, reason: "it has two tensors called “\(printable(name))”; rename one and save it again")
        }
      } else if let refusal {
        unreadable.append(UnreadableTensor(refusal, name: finding.name))
      } else if let name = finding.name {
        members[index].names.append(name)
      }
    }
  }

  private static func tensor(
    _ finding: PyTorchWalk.Finding, _ builders: PyTorchBuilders
  ) throws(PyTorchRefusal) -> PyTorchTensor {
    if let maker = finding.maker { throw PyTorchBuilders.refusal(by: maker) }
    if case .persistent = builders.arena[finding.reference].kind {
      throw PyTorchRefusal("is a bare storage without a shape; save a tensor")
    }
    return try builders.tensor(finding.reference)
  }

  /// The member that `tensor` is, which may be there already.
  private mutating func member(_ tensor: PyTorchTensor, at place: PyTorchPlace) -> Int {
    let member = Member(tensor: tensor, place: place, names: [])
    let view = View(
      storage: place.offset, start: member.start, type: tensor.type, axes: tensor.axes, strides: tensor.strides)
    if let known = memberOfView[view] { return known }
    memberOfView[view] = members.count
    members.append(member)
    return members.count - 1
  }
}

extension UnreadableTensor {
  /// A tensor called `name` that is refused.
  fileprivate init(_ refusal: PyTorchRefusal, name: String?) {
    let subject = name.map { "“\(printable($0))”" } ?? "it"
    self.init(
      name: name ?? unnamedTensor, reason: "\(subject) \(refusal.reason)", type: refusal.type, axes: refusal.axes,
      bytes: refusal.bytes)
  }
}
