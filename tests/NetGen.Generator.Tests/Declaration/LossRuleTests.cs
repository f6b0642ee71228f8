using Xunit;
using static NetGen.Generator.Tests.Harness.DeclarationDiagnostics;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>The rules about the loss: that it suits the last layer, and its settings.</summary>
public class LossRuleTests
{
    [Theory]
    [InlineData(
        "The loss CrossEntropy contradicts the last layer, Dense: CrossEntropy is computed from a Softmax layer; add [Softmax] at the end",
        "Input(4), Dense(4), Loss({|NG0120:Loss.CrossEntropy|})")]
    [InlineData(
        "The loss MeanSquaredError contradicts the last layer, Softmax: Softmax is trained with CrossEntropy; remove Softmax for a regression",
        "Input(4), Dense(4), Softmax, Loss({|NG0120:Loss.MeanSquaredError|})")]
    [InlineData(
        "The loss Huber contradicts the last layer, LogSoftmax: LogSoftmax is trained with CrossEntropy; remove LogSoftmax for a regression",
        "Input(4), Dense(4), LogSoftmax, Loss({|NG0120:Loss.Huber|}, Delta = 2)")]
    [InlineData(
        "The loss BinaryCrossEntropy contradicts the last layer, Softmax: Softmax is trained with CrossEntropy; end in [Sigmoid] for outputs that are probabilities independent of one another",
        "Input(4), Dense(4), Softmax, Loss({|NG0120:Loss.BinaryCrossEntropy|})")]
    [InlineData(
        "The loss BinaryCrossEntropy contradicts the last layer, ReLU: BinaryCrossEntropy is computed from a Sigmoid layer; add [Sigmoid] at the end",
        "Input(4), Dense(4), ReLU, Loss({|NG0120:Loss.BinaryCrossEntropy|})")]
    [InlineData(
        "The loss CrossEntropy contradicts the last layer, Sigmoid: CrossEntropy is computed from a Softmax layer; end in [Softmax] for one class out of several",
        "Input(4), Dense(4), Sigmoid, Loss({|NG0120:Loss.CrossEntropy|})")]
    public void Loss_that_contradicts_the_head(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData("Loss has Delta = 0, but it must be positive and within the range of a float", "Dense(4), Loss(Loss.Huber, Delta = {|NG0105:0|})")]
    [InlineData("Loss has Delta = -1.5, but it must be positive and within the range of a float", "Dense(4), Loss(Loss.Huber, Delta = {|NG0105:-1.5|})")]
    [InlineData("Loss has Delta = NaN, but it must be positive and within the range of a float", "Dense(4), Loss(Loss.Huber, Delta = {|NG0105:double.NaN|})")]
    [InlineData("Loss has Delta = 1E-60, but it must be positive and within the range of a float", "Dense(4), Loss(Loss.Huber, Delta = {|NG0105:1e-60|})")]
    [InlineData("Loss has Delta = 1E+60, but it must be positive and within the range of a float", "Dense(4), Loss(Loss.Huber, Delta = {|NG0105:1e60|})")]
    [InlineData("Dense 'dense1' has units = 0, but it must be at least 1", "Dense({|NG0105:0|}), Softmax, Loss(Loss.CrossEntropy, ClassWeights = new double[0])")]
    [InlineData("Loss has Delta, which is a setting of Huber, but the loss is MeanSquaredError", "Dense(4), Loss(Loss.MeanSquaredError, Delta = {|NG0105:1|})")]
    [InlineData("Loss has LabelSmoothing = 1, but it must be at least 0 and less than 1", "Dense(4), Softmax, Loss(Loss.CrossEntropy, LabelSmoothing = {|NG0105:1|})")]
    [InlineData("Loss has LabelSmoothing = -0.1, but it must be at least 0 and less than 1", "Dense(4), Softmax, Loss(Loss.CrossEntropy, LabelSmoothing = {|NG0105:-0.1|})")]
    [InlineData("Loss has LabelSmoothing, which is a setting of CrossEntropy, but the loss is Huber", "Dense(4), Loss(Loss.Huber, LabelSmoothing = {|NG0105:0.1|})")]
    [InlineData("Loss has IgnoreLabel, which is a setting of CrossEntropy, but the loss is MeanAbsoluteError", "Dense(4), Loss(Loss.MeanAbsoluteError, IgnoreLabel = {|NG0105:3|})")]
    [InlineData("Loss has ClassWeights, which is a setting of CrossEntropy, but the loss is MeanSquaredError", "Dense(4), Loss(Loss.MeanSquaredError, ClassWeights = {|NG0105:new double[] { 1, 2, 3, 4 }|})")]
    [InlineData("Loss has 3 ClassWeights, but the network has 4 classes", "Dense(4), Softmax, Loss(Loss.CrossEntropy, ClassWeights = {|NG0105:new double[] { 1, 2, 3 }|})")]
    [InlineData("Loss has 0 ClassWeights, but the network has 4 classes", "Dense(4), Softmax, Loss(Loss.CrossEntropy, ClassWeights = {|NG0105:new double[0]|})")]
    [InlineData("Loss has the weight -2 for class 1, but it must be at least 0 and finite", "Dense(2), Softmax, Loss(Loss.CrossEntropy, ClassWeights = {|NG0105:new double[] { 1, -2 }|})")]
    [InlineData("Loss has ClassWeights that are all 0, so no sample would count", "Dense(2), Softmax, Loss(Loss.CrossEntropy, ClassWeights = {|NG0105:new double[] { 0, 0 }|})")]
    public void Setting_of_the_loss(string message, string layers) => Check(message, "Input(4), " + layers);

    [Theory]
    [InlineData("Dense(4), Loss(Loss.MeanAbsoluteError)")]
    [InlineData("Dense(4), Loss(Loss.Huber, Delta = 0.5)")]
    [InlineData("Dense(4), ReLU, Loss(Loss.Huber)")]
    [InlineData("Dense(4), LogSoftmax, Loss(Loss.CrossEntropy)")]
    [InlineData("Dense(2), Softmax, Loss(Loss.CrossEntropy, LabelSmoothing = 0.1, IgnoreLabel = -100, ClassWeights = new double[] { 0, 2.5 })")]
    [InlineData("Dense(2), LogSoftmax, Loss(Loss.CrossEntropy, IgnoreLabel = 1)")]
    [InlineData("Dense(1), Sigmoid")]
    [InlineData("Dense(4), Sigmoid, Loss(Loss.BinaryCrossEntropy)")]
    [InlineData("Dense(4), Sigmoid, Loss(Loss.MeanSquaredError)")]
    [InlineData("Dense(4), Sigmoid, Dense(4), Loss(Loss.Huber)")]
    public void Loss_that_suits_the_head(string layers) => VerifyLayers("Input(4), " + layers);
}
