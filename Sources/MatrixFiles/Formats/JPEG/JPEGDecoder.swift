import CTurboJPEG

/// Unpacks a JPEG in memory with TurboJPEG, whose errors come as codes and never as jumps.
///
/// The accurate DCT and smooth upsampling of the colours are those of libjpeg's own defaults.
struct JPEGDecoder: ~Copyable {
  /// What TurboJPEG said.
  struct Failure: Error {
    let message: String
  }

  private let handle: tjhandle

  /// A decoder, unless there is no memory for it.
  init() throws(Failure) {
    guard let handle = tjInitDecompress() else { throw Failure(message: "there is no memory to unpack it") }
    self.handle = handle
  }

  deinit { tjDestroy(handle) }

  /// Unpacks `file` to interleaved samples, `header.components` a pixel. Whatever TurboJPEG warns of is an error, since
  /// it fills in for data that are missing.
  func decode(
    _ file: [UInt8], _ header: JPEGHeader, into samples: UnsafeMutableBufferPointer<UInt8>
  ) throws(Failure) {
    let size = UInt(file.count)
    var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard tjDecompressHeader3(handle, file, size, &width, &height, &subsampling, &colours) == 0 else { throw failure }
    guard width == header.width, height == header.height,
      samples.count == header.width * header.height * header.components
    else { throw Failure(message: "it has two frames of different sizes") }
    let format = header.components == 1 ? TJPF_GRAY : TJPF_RGB
    // A stop at the first warning saves the work on what is refused; so many scans are only made to waste time.
    let flags = TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
    guard
      tjDecompress2(
        handle, file, size, samples.baseAddress, width, 0, height, format.rawValue, flags) == 0
    else { throw failure }
  }

  private var failure: Failure {
    Failure(message: tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown error")
  }
}
