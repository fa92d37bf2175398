package clawsec.testkit.tidy;

import java.util.List;

/** One rule of how the repository is written. */
interface Check {
    /**
     * What breaks the rule.
     *
     * @param files every text file of the repository
     */
    List<Complaint> of(List<SourceFile> files);
}
