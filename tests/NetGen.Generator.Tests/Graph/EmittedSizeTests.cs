using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetGen.Generator.Model;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>
/// How much code the reference networks have: it is compiled in every build of a user's project, and read by every edit of a network. What grew unnoticed shows here.
/// </summary>
public sealed class EmittedSizeTests
{
    /// <summary>The most kilobytes of all files of a network, and the most kernels.</summary>
    private static readonly Dictionary<string, (int Kilobytes, int Kernels)> Most = new(StringComparer.Ordinal)
    {
        ["Tiny"] = (297, 14),
        ["MlpSmall"] = (192, 12),
        ["Snn"] = (200, 16),
        ["Autoencoder"] = (294, 16),
        ["Mlp1024"] = (273, 15),
        ["LeNet"] = (612, 23),
        ["KerasCnn"] = (334, 13),
        ["VggSmall"] = (668, 28),
        ["ResNet8"] = (1437, 76),
        ["InceptionSmall"] = (1725, 66),
        ["Signal"] = (730, 58),
        ["MobileSmall"] = (1220, 96),
        ["resnet20"] = (2283, 105),
        ["mlp20"] = (251, 10),
    };

    [Fact]
    public void The_code_of_the_reference_networks_does_not_grow()
    {
        NetworkModel[] models = [.. ReferenceDeclarations.Run.Models];
        Assert.Equal(Most.Keys.Order(StringComparer.Ordinal), models.Select(model => model.Name).Order(StringComparer.Ordinal));
        StringBuilder larger = new();
        foreach (NetworkModel model in models)
        {
            string[] files = [.. ReferenceDeclarations.Run.Sources.Where(source => source.Key.StartsWith(model.MetadataName + ".", StringComparison.Ordinal)).Select(source => source.Value)];
            int kilobytes = (files.Sum(Encoding.UTF8.GetByteCount) + 1023) / 1024;
            int kernels = files.Sum(file => Regex.Count(file, "static abstract void "));
            Assert.True(kernels > 0, $"The kernels of {model.Name} were not found.");
            (int mostKilobytes, int mostKernels) = Most[model.Name];
            if (kilobytes > mostKilobytes || kernels > mostKernels)
                larger.Append(CultureInfo.InvariantCulture, $"{model.Name}: {kilobytes} KB and {kernels} kernels, at most {mostKilobytes} KB and {mostKernels} kernels were expected.\n");
        }

        Assert.True(larger.Length == 0, larger + "If a kernel is written twice, give both the same code or the same key (KernelKey). If the code is worth its size, raise the bounds in this table, about 1 % above what is written.");
    }
}
