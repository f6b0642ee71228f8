using System.Globalization;
using System.Text;

namespace NetGen.Generator.Model;

/// <summary>From the names of layers and parameters to those of members.</summary>
internal static class ParameterNames
{
    /// <summary>The member that shows a parameter: <c>conv1</c> and <c>running_mean</c> give <c>Conv1RunningMean</c>.</summary>
    public static string View(string layer, string parameter) =>
        Pascal(layer) + string.Concat(parameter.Split('_').Select(Pascal));

    /// <summary>The name with a capital at the start.</summary>
    public static string Pascal(string name) =>
        name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>Whether a name is an identifier as it stands: letters, digits and underscores, not beginning with a digit.</summary>
    public static bool IsIdentifier(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            bool digit = CharUnicodeInfo.GetUnicodeCategory(name[i]) == UnicodeCategory.DecimalDigitNumber;
            if (!(char.IsLetter(name[i]) || name[i] == '_' || (digit && i > 0)))
                return false;
        }

        return name.Length > 0 && name.IsNormalized(NormalizationForm.FormC);
    }
}
