import LinearAlgebra

/// Soft hills at sunset: a picture without a sharp edge.
struct SmoothPicture: GalleryEntry {
  let name = "smooth"
  let title = "Smooth picture: hills at sunset"
  let teaches = "Soft light and soft outlines: a few directions already paint it, and the spectrum falls steeply."
  let parameters = [Common.rows(160), Common.columns(240), Common.seed]
  let isPicture = true

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    let shape = Common.shape(value)
    var generator = SeededGenerator(seed: Common.seed(value))
    let sun = Sun(across: generator.uniform(in: 0.25...0.75), down: generator.uniform(in: 0.32...0.42))
    let ridges = (0..<4).map { Ridge(layer: $0, from: &generator) }
    let scale = 1 / Double(max(1, shape.rows - 1))
    return Matrix(shape) { i, j in
      let y = Double(i) * scale
      let x = (Double(j) + 0.5) / Double(shape.columns)
      var light = 95 + 95 * smoothStep(y / 0.62) + sun.light(x, y, aspect: Double(shape.columns) / Double(shape.rows))
      for ridge in ridges { light = ridge.veil(light, x, y) }
      return min(255, max(0, light))
    }
  }
}

/// A disc with a wide glow; distances are in heights of the picture.
private struct Sun {
  let across: Double
  let down: Double

  func light(_ x: Double, _ y: Double, aspect: Double) -> Double {
    let (dx, dy) = ((x - across) * aspect, y - down)
    let squared = dx * dx + dy * dy
    let disc = 1 - smoothStep((squared.squareRoot() - 0.055) / 0.03)
    return 70 * disc + 45 / (1 + squared / 0.03)
  }
}

/// A line of hills: nearer layers are lower in the picture, darker and bolder.
private struct Ridge {
  let height: Double
  let shade: Double
  let waves: [(amplitude: Double, frequency: Double, phase: Double)]

  init(layer: Int, from generator: inout SeededGenerator) {
    height = 0.52 + 0.13 * Double(layer)
    shade = [120, 84, 52, 24][layer]
    let boldness = 0.05 + 0.012 * Double(layer)
    waves = (0..<4).map { octave in
      (
        boldness / Double(octave + 1), generator.uniform(in: 0.8...1.5) * Double(octave + 1),
        generator.uniform(in: 0...1)
      )
    }
  }

  /// `light` where the hill is not, its shade where it is, with mist gathering at its foot.
  func veil(_ light: Double, _ x: Double, _ y: Double) -> Double {
    var top = height
    for wave in waves { top += wave.amplitude * roundWave(wave.frequency * x + wave.phase) }
    let cover = smoothStep((y - top) / 0.05)
    let mist = 38 * smoothStep((y - top) / 0.3)
    return light + cover * (shade + mist - light)
  }
}

/// Rises from 0 to 1 as t goes from 0 to 1, flat at both ends.
private func smoothStep(_ t: Double) -> Double {
  let clamped = min(1, max(0, t))
  return clamped * clamped * (3 - 2 * clamped)
}

/// A wave of period 1 between −1 and 1 made of parabolas: a sine to the eye, and the same bits everywhere.
private func roundWave(_ t: Double) -> Double {
  let phase = t - t.rounded(.down)
  return phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase)
}
