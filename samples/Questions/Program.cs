using System.CommandLine;
using Questions;
using Questions.Answers;
using static System.FormattableString;

IReadOnlyList<IQuestion> questions =
[
    new RandomSwitches(),
    new DeadUnits(),
    new DroppedUnits(),
    new Scaling(),
    new Redundancy(),
    new SigmoidStacks(),
    new LinearLayers(),
    new MonteCarlo(),
    new CostOfRelu(),
    new Overfitting(),
    new VotingNetworks(),
];

var numbers = new Argument<int[]>("questions") { Description = "The numbers of the questions [default: all]", DefaultValueFactory = _ => [] };
var data = new Option<string?>("--data") { Description = "Directory with MNIST's four files, plain or gzip (or set NETGEN_MNIST); without it the digits are drawn", HelpName = "DIR" };
var file = new Option<string?>("--output") { Description = "Write the pages to a file", HelpName = "FILE" };
var command = new RootCommand("Answers questions about ReLU and dropout by measurements.") { numbers, data, file };
command.Validators.Add(result =>
{
    foreach (int number in result.GetValue(numbers)!.Where(number => number < 1 || number > questions.Count))
        result.AddError(Invariant($"There is no question {number}; they are 1 to {questions.Count}."));
});
command.SetAction(parsed =>
{
    string? directory = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("NETGEN_MNIST");
    using TextWriter? writer = parsed.GetValue(file) is { } path ? new StreamWriter(path) : null;
    return Run(parsed.GetValue(numbers)!, DigitSets.Load(string.IsNullOrEmpty(directory) ? null : directory), writer ?? Console.Out);
});
return command.Parse(args).Invoke();

int Run(int[] asked, DigitSets digits, TextWriter output)
{
    var page = new Page(output);
    page.Heading("ReLU and dropout: questions and measured answers");
    page.Text("`dotnet run -c Release --project samples/Questions` runs the code of `samples/Questions/Answers` and writes these pages. It ends with an error if one of the claims does not hold.");
    page.Text(Invariant($"{digits}. Seeds {DigitSets.Seeds[0]} to {DigitSets.Seeds[^1]}: the tables have the mean and, in brackets, the smallest and the largest value."));
    foreach (int number in asked.Length == 0 ? [.. Enumerable.Range(1, questions.Count)] : asked)
    {
        IQuestion question = questions[number - 1];
        page.Title(number, question.Title);
        question.Answer(page, digits);
    }

    foreach (string claim in page.Failed)
        Console.Error.WriteLine($"Does not hold: {claim}");
    return page.Failed.Count == 0 ? 0 : 1;
}
