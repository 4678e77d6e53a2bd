import Explorer

/// The lessons that are part of the program, in the order of the menu. A new one is a file among the resources and one
/// line here.
package enum BuiltInLessons {
  /// Name and file of each.
  private static let files: [(name: String, bytes: [UInt8])] = [
    ("rank", PackageResources.rank_yaml),
    ("photograph", PackageResources.photograph_yaml),
    ("parameters", PackageResources.parameters_yaml),
    ("eckart-young", PackageResources.eckart_young_yaml),
    ("noise", PackageResources.noise_yaml),
    ("overfitting", PackageResources.overfitting_yaml),
    ("speed", PackageResources.speed_yaml),
    ("factors", PackageResources.factors_yaml),
    ("layer", PackageResources.layer_yaml),
    ("failure", PackageResources.failure_yaml),
  ]

  /// The names, in the order of the menu.
  package static var names: [String] { files.map(\.name) }

  /// Every built-in lesson.
  package static let all: [Lesson] = files.compactMap { file in
    LessonCheck.read(String(decoding: file.bytes, as: UTF8.self), name: file.name, directory: nil).lesson
  }

  /// The file of the lesson called `name`, as text.
  package static func text(of name: String) -> String? {
    files.first { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
