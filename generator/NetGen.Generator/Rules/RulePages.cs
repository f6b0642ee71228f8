namespace NetGen.Generator.Rules;

/// <summary>Where the page of each rule is: the help link of its descriptor.</summary>
internal static class RulePages
{
    /// <summary>
    /// The folder of the pages, relative to the repository and to the folder of the package, which holds them too. The one place to
    /// change once the pages have a public address: an IDE opens absolute links only, and a build prints the link after each message.
    /// </summary>
    private const string Folder = "docs/rules/";

    /// <summary>The page of a rule.</summary>
    public static string Of(string id) => Folder + id + ".md";
}
