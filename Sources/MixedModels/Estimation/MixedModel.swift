import LinearAlgebra
import Optimization

/// Fits linear mixed models.
public enum MixedModel {
}
